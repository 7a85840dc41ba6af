//! A plugin crate.

use plugin_core::plugin;
use shape::IShape;

pub struct Circle;

impl IShape for Circle {
    fn sides(&self) -> u32 {
        1
    }
}

// Alone in its object file, where nothing is used.
mod alone {
    #[plugin_core::plugin(shape::IShape)]
    static ALONE: super::Circle = super::Circle;
}

#[plugin(IShape)]
static CIRCLE: Circle = Circle;
