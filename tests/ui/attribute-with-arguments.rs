use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute(unit = "m2")]
    fn area(&self) -> f64;
}

fn main() {}
