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

#[plugin(IShape, priority = 3_000_000_000)]
static SQUARE: Square = Square;

#[plugin(IShape, priority = -99999999999999999999)]
static LOW: Square = Square;

#[plugin(IShape, priority = 1.5)]
static HALF: Square = Square;

fn main() {}
