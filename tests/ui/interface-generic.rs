use plugin_core::interface;

#[interface]
pub trait IShape<T> {
    fn area(&self) -> T;
}

fn main() {}
