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

#[plugin(IShape, nmae = "square")]
static SQUARE: Square = Square;

#[plugin(IShape, colour = "red")]
static RED: Square = Square;

fn main() {}
