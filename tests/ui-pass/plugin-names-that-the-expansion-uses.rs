#![allow(non_upper_case_globals)]

use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

impl IShape for u8 {}

// The generated code has a parameter of this name.
#[plugin(IShape)]
static answer: u8 = 1;

#[plugin(IShape)]
static INFO: u8 = 2;

fn main() {
    let mut names: Vec<_> =
        plugin_core::plugins::<dyn IShape>().iter().map(|plugin| plugin.info.name()).collect();
    names.sort();
    assert_eq!(names, ["INFO", "answer"]);
}
