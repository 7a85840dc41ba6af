// 3 mistakes
use plugin_core::interface;

#[interface(lazy)]
pub trait IShape {}

#[interface(slot)]
pub trait IColour {}

#[interface(noun)]
pub trait ISound {}

fn main() {}
