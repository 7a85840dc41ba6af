use plugin_core::plugin;

macro_rules! shape {
    () => {};
}

#[plugin(shape)]
static SQUARE: f64 = 1.0;

fn main() {}
