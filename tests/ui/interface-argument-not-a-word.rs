use plugin_core::interface;

#[interface("one")]
pub trait IShape {}

fn main() {}
