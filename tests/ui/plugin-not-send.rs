use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {
    fn area(&self) -> f64;
}

pub struct Square;

impl IShape for Square {
    fn area(&self) -> f64 {
        1.0
    }
}

use std::sync::MutexGuard;

pub struct Guard(Option<MutexGuard<'static, ()>>);

impl IShape for Guard {
    fn area(&self) -> f64 {
        1.0
    }
}

#[plugin(IShape)]
static GUARD: Guard = Guard(None);

fn main() {}
