#![deny(warnings)]

#[plugin_core::interface]
pub trait IShape {
    #[deprecated]
    #[must_use]
    fn area(&self) -> f64;
}

fn main() {}
