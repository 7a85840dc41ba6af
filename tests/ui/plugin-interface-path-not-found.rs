use plugin_core::plugin;

#[plugin(shapes::IShape)]
static SQUARE: f64 = 1.0;

fn main() {}
