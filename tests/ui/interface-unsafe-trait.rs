use plugin_core::interface;

#[interface]
pub unsafe trait IShape {}

fn main() {}
