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

pub struct Circle;

#[plugin(IShape)]
impl IShape for Circle {
    fn area(&self) -> f64 {
        3.0
    }
}

fn main() {}
