use plugin_core::interface;

#[interface]
#[interface]
pub trait IShape {}

fn main() {}
