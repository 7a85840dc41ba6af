use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, IShap)]
static SQUARE: f64 = 1.0;

fn main() {}
