use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
#[attribute]
static SQUARE: f64 = 1.0;

fn main() {}
