use plugin_core::interface;

#[interface]
pub trait IShape {
    type Unit;

    fn area(&self) -> Self::Unit;
}

fn main() {}
