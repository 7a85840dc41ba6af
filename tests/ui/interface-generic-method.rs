use plugin_core::interface;

#[interface]
pub trait IShape {
    fn scale<T>(&self, factor: T);
}

fn main() {}
