use plugin_core::interface;

#[interface]
pub trait IShape<const N: usize> {
    fn corners(&self) -> [f64; N];
}

fn main() {}
