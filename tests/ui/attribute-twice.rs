use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    #[attribute]
    fn area(&self) -> f64;
}

fn main() {}
