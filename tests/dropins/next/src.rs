//! A drop-in for another version of the interface.

use imat::{IMaterial, Material};
use plugin_core::plugin;

plugin_core::dropin!();

#[plugin(IMaterial)]
static STEEL: Material = Material(5);
