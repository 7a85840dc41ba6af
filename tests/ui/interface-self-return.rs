use plugin_core::interface;

#[interface]
pub trait IShape {
    fn rotated(&self) -> Self;
}

fn main() {}
