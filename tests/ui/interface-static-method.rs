use plugin_core::interface;

#[interface]
pub trait IShape {
    fn unit() -> f64;
}

fn main() {}
