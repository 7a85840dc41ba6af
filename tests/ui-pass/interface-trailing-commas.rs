use plugin_core::{interface, plugin};

#[interface(lazy = false,)]
#[tag(colour = "red",)]
pub trait IShape {}

impl IShape for () {}

#[plugin(IShape, name = "unit",)]
#[tag(colour = "blue",)]
static UNIT: () = ();

fn main() {}
