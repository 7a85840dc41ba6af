use plugin_core::interface;

#[interface(crate = plugins)]
pub trait IShape {}

fn main() {}
