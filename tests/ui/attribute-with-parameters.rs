use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    fn area(&self, unit: f64) -> f64;
}

fn main() {}
