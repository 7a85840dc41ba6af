use plugin_core::{interface, plugin};

#[interface]
pub trait IMarker {}

impl IMarker for u8 {}

#[plugin(IMarker)]
static ZERO: u8 = 0;

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IMarker>().len(), 1);
}
