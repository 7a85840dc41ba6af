use plugin_core::interface;

#[interface(lazy)]
pub trait IShape {}

#[interface(slot)]
pub trait IColour {}

fn main() {}
