use plugin_core::{interface, plugin};

#[interface(configured)]
pub trait IShape {}

#[plugin(IShape)]
struct Square {
    side: u32,
}

impl IShape for Square {}

fn main() {}
