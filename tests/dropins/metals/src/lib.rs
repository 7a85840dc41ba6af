//! Plugins that are linked in, by whoever depends on the crate.

use imat::{IMaterial, Material};
use plugin_core::plugin;

#[plugin(IMaterial)]
static TIN: Material = Material(50);
