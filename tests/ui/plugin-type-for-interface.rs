use plugin_core::plugin;

pub struct Round;

#[plugin(Round)]
static SQUARE: f64 = 1.0;

fn main() {}
