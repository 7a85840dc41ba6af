//! An interface with the name of another crate's.

use plugin_core::{interface, plugin};

/// A material to wear.
#[interface]
pub trait IMaterial {
    /// Whether it may be washed.
    fn washable(&self) -> bool;
}

/// Wool.
pub struct Wool;

impl IMaterial for Wool {
    fn washable(&self) -> bool {
        false
    }
}

/// A plugin with the name of its type.
#[plugin(IMaterial)]
pub static WOOL: Wool = Wool;
