use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

impl IShape for u8 {}

#[cfg(any())]
#[plugin(IShape)]
static ABSENT: u8 = 1;

#[plugin(IShape)]
#[cfg(any())]
static ABSENT_TOO: Missing = Missing;

#[cfg_attr(all(), plugin(IShape))]
static PRESENT: u8 = 2;

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IShape>().len(), 1);
}
