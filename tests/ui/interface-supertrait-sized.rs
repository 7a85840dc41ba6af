use plugin_core::interface;

#[interface]
pub trait IShape: Sized {
    fn area(&self) -> f64;
}

fn main() {}
