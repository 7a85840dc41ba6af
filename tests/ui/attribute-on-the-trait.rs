use plugin_core::interface;

#[interface]
#[attribute]
pub trait IShape {}

fn main() {}
