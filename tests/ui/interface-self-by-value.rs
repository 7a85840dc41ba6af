use plugin_core::interface;

#[interface]
pub trait IShape {
    fn into_area(self) -> f64;
}

fn main() {}
