use plugin_core::interface;

#[interface(one, one)]
pub trait IShape {}

fn main() {}
