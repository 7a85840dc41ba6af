//! A plugin of a dependency of no target.

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
