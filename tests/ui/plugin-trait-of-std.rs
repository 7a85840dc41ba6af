use plugin_core::plugin;

#[plugin(std::fmt::Display)]
static SQUARE: f64 = 1.0;

fn main() {}
