use plugin_core::interface;

#[interface]
pub trait IShape {
    fn scale(&self, factor: impl Into<f64>);
}

fn main() {}
