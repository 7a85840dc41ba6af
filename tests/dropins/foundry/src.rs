//! A drop-in that offers the plugins of other crates, beside one of its own.
#![forbid(unsafe_code)]

use imat::{IMaterial, Material};
use metals as _;
use plugin_core::plugin;

plugin_core::dropin!(ores, ores_old);

#[plugin(IMaterial)]
static SLAG: Material = Material(5);

#[test]
fn its_unit_tests_find_what_it_offers() {
    let found = plugin_core::slot::<dyn IMaterial>().find("hematite");
    assert!(found.unwrap_err().to_string().contains("ores::HEMATITE@0.1.0"));
}
