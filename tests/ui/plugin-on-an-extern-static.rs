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

unsafe extern "C" {
    #[plugin(IShape)]
    static SQUARE: Square;
}

fn main() {}
