use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
#[cfg_attr(all(), plugin_core::tag(colour = "red"))]
static SQUARE: f64 = 1.0;

fn main() {}
