//! Thousands of plugins of one interface.

#[cfg(target_os = "linux")]
mod before_main;

use crowd::INumber;
// Only named, so that they are linked.
use crowd_left as _;
use crowd_right as _;
use plugin_core::plugins;

#[test]
fn each_of_many_plugins_is_there_once() {
    let mut numbers: Vec<_> = plugins::<dyn INumber>()
        .iter()
        .map(|plugin| plugin.number())
        .collect();
    numbers.sort_unstable();
    assert!(
        numbers.iter().copied().eq(0..crowd::COUNT),
        "there are {}",
        numbers.len()
    );
}

#[test]
fn each_of_many_plugins_has_its_own_crate_and_name() {
    for plugin in plugins::<dyn INumber>() {
        let krate = if plugin.number() < crowd::COUNT / 2 {
            "crowd-left"
        } else {
            "crowd-right"
        };
        assert_eq!(
            (plugin.info.package(), plugin.info.name()),
            (krate, "NUMBER")
        );
    }
}
