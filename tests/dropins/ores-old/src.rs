//! An older version of the plugins.

use imat::{IMaterial, Material};
use plugin_core::{IPlugin, plugin};

/// Iron.
#[plugin(IPlugin, IMaterial, name = "hematite")]
static HEMATITE: Material = Material(66);
