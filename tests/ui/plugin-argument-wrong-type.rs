// 3 mistakes
use plugin_core::{interface, plugin};

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

#[plugin(IShape, name = 1, priority = "high", crate = "plugin")]
static SQUARE: Square = Square;

fn main() {}
