use plugin_core::interface;

#[interface]
pub auto trait IShape {}

fn main() {}
