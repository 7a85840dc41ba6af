use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    fn area(&mut self) -> f64;
}

fn main() {}
