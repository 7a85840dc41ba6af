// 2 mistakes
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

#[plugin(IShape, name = "a", name = "b", priority = 1, priority = 2)]
static SQUARE: Square = Square;

fn main() {}
