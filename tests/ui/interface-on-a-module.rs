use plugin_core::interface;

#[interface]
mod shapes {}

fn main() {}
