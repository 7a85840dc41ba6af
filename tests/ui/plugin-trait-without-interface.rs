use plugin_core::{IPlugin, plugin};

pub trait IShape {}

impl IShape for f64 {}

#[plugin(IPlugin, IShape)]
static SQUARE: f64 = 1.0;

fn main() {}
