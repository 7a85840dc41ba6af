//! A library that others link against.

use imat::{IMaterial, Material};
use plugin_core::plugin;

#[plugin(IMaterial)]
static STEEL: Material = Material(5);
