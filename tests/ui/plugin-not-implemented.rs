use plugin_core::{IPlugin, interface, plugin};

#[interface]
pub trait IShape {
    fn area(&self) -> f64;
}

pub struct Square;

impl IShape for Square {
    fn area(&self) -> f64 {
        1.0
    }
}

#[plugin(IPlugin, IShape)]
static ROUND: f64 = 1.0;

fn main() {}
