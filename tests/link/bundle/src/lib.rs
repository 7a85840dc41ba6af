//! Plugins of others, gathered.

plugin_core::link_plugins!();
