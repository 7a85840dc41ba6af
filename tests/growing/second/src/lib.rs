//! A plugin of a dependency that is added later.

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
