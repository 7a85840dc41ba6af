use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static NAME: String = String::from("square");

fn main() {}
