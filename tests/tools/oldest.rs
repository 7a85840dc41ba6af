extern crate plugin_core;

use plugin_core::interface;

#[interface(on)]
pub trait IShape {}

fn main() {}
