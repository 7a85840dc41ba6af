//! A plugin that knows `plugin_core` by another name.

use plugin::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
