use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    const CORNERS: usize;
}

fn main() {}
