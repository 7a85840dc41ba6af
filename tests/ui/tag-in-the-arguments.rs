use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, tag(colour = "red"))]
static SQUARE: f64 = 1.0;

fn main() {}
