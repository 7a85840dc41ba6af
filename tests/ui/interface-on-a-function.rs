use plugin_core::interface;

#[interface]
pub fn area() {}

fn main() {}
