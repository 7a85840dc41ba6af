//! A plugin that does without the standard library.

#![no_std]

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static PLUGIN: () = ();
