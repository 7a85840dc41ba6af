use plugin_core::interface;

#[interface]
pub trait IShape {
    async fn area(&self) -> f64;
}

fn main() {}
