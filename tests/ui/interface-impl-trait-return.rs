use plugin_core::interface;

#[interface]
pub trait IShape {
    fn corners(&self) -> impl Iterator<Item = f64>;
}

fn main() {}
