// 3 mistakes
use plugin_core::{interface, plugin};

#[interface(oen)]
pub trait IShape {
    fn area(&self) -> f64;
}

pub struct Square;

impl IShape for Square {
    fn area(&self) -> f64 {
        1.0
    }
}

#[plugin(IShape, name = "")]
static SQUARE: Square = Square;

#[plugin(IShape)]
static ROUND: f64 = 1.0;

fn main() {}
