use plugin_core::interface;

#[interface]
pub trait IShape {
    fn is_larger(&self, than: &Self) -> bool;
}

fn main() {}
