#![allow(non_camel_case_types, non_upper_case_globals)]

use plugin_core::{interface, plugin, plugins};

#[interface]
pub trait shape {}

pub fn shape() {}

#[interface]
pub trait tone {}

pub const tone: u32 = 1;

impl shape for u32 {}

impl tone for u32 {}

#[plugin(shape, tone)]
static ONE: u32 = tone;

fn main() {
    shape();
    assert_eq!(plugins::<dyn shape>().len(), 1);
    assert_eq!(plugins::<dyn tone>().len(), 1);
}
