use plugin_core::interface;

#[interface]
pub trait IShape {
    fn halves(&self) -> Vec<Self>;
}

fn main() {}
