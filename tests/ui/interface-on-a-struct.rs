use plugin_core::interface;

#[interface]
pub struct IShape;

fn main() {}
