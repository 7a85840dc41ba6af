extern crate plugin_core as plugins;

mod plugin_core {}

use plugins::interface;

#[interface(crate = crate::plugin_core)]
pub trait IShape {}

fn main() {}
