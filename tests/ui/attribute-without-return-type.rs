use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    fn area(&self);
}

fn main() {}
