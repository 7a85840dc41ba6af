use plugin_core::interface;

#[interface]
pub trait IShape: Clone {
    fn area(&self) -> f64;
}

fn main() {}
