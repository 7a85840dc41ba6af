use plugin_core::interface;

#[interface]
pub trait IShape {
    #[attribute]
    fn area() -> f64 {
        0.0
    }
}

fn main() {}
