use plugin_core::interface;

#[interface]
pub trait IShape {
    const CORNERS: usize;
}

fn main() {}
