//! A drop-in that nothing is wrong with.
#![forbid(unsafe_code)]

use imat::{IMaterial, INote, Material};
use metals as _;
use plugin_core::{IPlugin, plugin};

plugin_core::dropin!();

/// Copper and zinc.
///
/// It is yellow.
#[plugin(IPlugin, IMaterial, INote, name = "brass", priority = -3)]
#[tag(color = "yellow")]
#[tag(standard = "EN 1652")]
static BRASS: Material = Material(2);

mod deep {
    use super::{IMaterial, Material, plugin};

    #[plugin(IMaterial)]
    static BRONZE: Material = Material(3);
}

#[plugin(INote)]
static SOLDER: Material = Material(4);

#[test]
fn its_unit_tests_are_a_program_with_its_plugins() {
    assert_eq!(plugin_core::plugins::<dyn IMaterial>().len(), 3);
}
