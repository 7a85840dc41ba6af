//! A plugin of a dependency of the bundle.

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
