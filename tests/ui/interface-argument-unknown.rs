// 2 mistakes
use plugin_core::interface;

#[interface(on)]
pub trait IShape {}

#[interface(colour = "red")]
pub trait IColour {}

fn main() {}
