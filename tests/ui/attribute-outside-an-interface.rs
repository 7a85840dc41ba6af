pub trait IShape {
    #[plugin_core::attribute]
    fn area(&self) -> f64;
}

fn main() {}
