use plugin_core::interface;

#[interface]
pub trait IShape {
    #[cfg_attr(all(), tag(colour = "red"))]
    fn area(&self) -> f64;
}

fn main() {}
