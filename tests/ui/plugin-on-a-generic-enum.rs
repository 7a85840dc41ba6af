use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

#[plugin(IShape)]
enum Shape<T> {
    Square(T),
}

fn main() {}
