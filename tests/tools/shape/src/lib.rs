//! An interface.

use plugin_core::interface;

#[interface]
pub trait IShape {
    fn sides(&self) -> u32;
}

/// The names of all shapes, as a host prints them.
pub fn shapes() -> String {
    let mut names: Vec<_> = plugin_core::plugins::<dyn IShape>()
        .iter()
        .map(|shape| format!("{} {}", shape.info.name(), shape.sides()))
        .collect();
    names.sort();
    names.join(", ")
}
