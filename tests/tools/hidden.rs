extern crate plugin_core;

plugin_core::link_plugins!();

fn main() {}
