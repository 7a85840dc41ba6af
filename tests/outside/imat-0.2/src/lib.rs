//! One version of an interface.

use plugin_core::{interface, plugin};

/// A material, as of version 0.2.
#[interface]
pub trait IMaterial {
    /// The version.
    fn version(&self) -> u32;
}

impl IMaterial for () {
    fn version(&self) -> u32 {
        2
    }
}

/// A plugin that both versions have.
#[plugin(IMaterial)]
pub static OWN: () = ();
