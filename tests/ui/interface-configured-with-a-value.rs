// 4 mistakes
use plugin_core::interface;

#[interface(configured = true)]
pub trait IShape {}

#[interface(configured(key = "type"))]
pub trait ISound {}

#[interface(configured(tag = 3))]
pub trait ISmell {}

#[interface(configured())]
pub trait ITaste {}

fn main() {}
