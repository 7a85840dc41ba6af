use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

#[plugin(IShape)]
union Shape {
    side: u32,
}

fn main() {}
