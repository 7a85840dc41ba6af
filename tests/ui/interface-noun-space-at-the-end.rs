// 2 mistakes
use plugin_core::interface;

#[interface(noun = "light ")]
pub trait ILight {}

#[interface(noun = " ")]
pub trait ISound {}

fn main() {}
