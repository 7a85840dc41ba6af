use plugin_core as framework;
use plugin_core::interface;

#[interface]
pub trait IShape {
    #[framework::attribute]
    fn area(&self) -> f64;
}

fn main() {}
