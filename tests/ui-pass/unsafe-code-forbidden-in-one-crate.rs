// An interface and its plugin in one crate, where the linker's sections are plugin-core's own.
#![cfg_attr(target_os = "linux", forbid(unsafe_code))]

use plugin_core::{interface, plugin, plugins};

#[interface]
pub trait IShape {}

impl IShape for u8 {}

#[plugin(IShape)]
static SQUARE: u8 = 4;

fn main() {
    assert_eq!(plugins::<dyn IShape>().len(), 1);
}
