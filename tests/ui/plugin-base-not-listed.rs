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

#[interface]
pub trait IPolygon: IShape {
    fn corners(&self) -> u32;
}

impl IPolygon for Square {
    fn corners(&self) -> u32 {
        4
    }
}

#[plugin(IPlugin, IPolygon)]
static SQUARE: Square = Square;

fn main() {}
