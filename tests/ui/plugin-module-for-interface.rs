use plugin_core::plugin;

mod shapes {}

#[plugin(shapes)]
static SQUARE: f64 = 1.0;

fn main() {}
