use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {
    type Unit
    where
        Self: Sized;
    fn unit() -> f64
    where
        Self: Sized;
    fn scaled<T: Into<f64>>(self, factor: T) -> Self
    where
        Self: Sized;
    fn area(&self) -> f64;
}

impl IShape for f64 {
    type Unit = f32;
    fn unit() -> f64 {
        1.0
    }
    fn scaled<T: Into<f64>>(self, factor: T) -> Self {
        self * factor.into()
    }
    fn area(&self) -> f64 {
        *self
    }
}

#[plugin(IShape)]
static SQUARE: f64 = 4.0;

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IShape>()[0].area(), 4.0);
}
