//! A plugin of a dependency of one family of targets.

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
