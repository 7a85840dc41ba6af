//! An interface and a plugin, by another copy of plugin-core than the program's.

pub use plugin_core;
use plugin_core::{IPlugin, interface, plugin};

/// A cube.
#[interface]
pub trait ICube {}

impl ICube for u8 {}

#[plugin(IPlugin, ICube, name = "cube")]
static CUBE: u8 = 1;
