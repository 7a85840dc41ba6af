use plugin_core::interface;

#[interface(slot = "shapes and colours")]
pub trait IShape {}

fn main() {}
