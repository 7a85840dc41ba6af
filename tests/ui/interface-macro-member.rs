use plugin_core::interface;

macro_rules! area {
    () => {
        fn area(&self) -> f64;
    };
}

#[interface]
pub trait IShape {
    area!();
}

fn main() {}
