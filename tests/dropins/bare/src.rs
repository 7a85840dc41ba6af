//! A library with a plugin that is no drop-in.

use imat::{IMaterial, Material};
use plugin_core::plugin;

#[plugin(IMaterial)]
static STEEL: Material = Material(5);
