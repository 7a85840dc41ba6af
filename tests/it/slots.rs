//! That each interface has a slot of its own, whatever its name.

use plugin_core::{Interface, plugin, plugins};

fn names<I: ?Sized + Interface>() -> Vec<&'static str> {
    let mut names: Vec<_> = plugins::<I>()
        .iter()
        .map(|plugin| plugin.info.name())
        .collect();
    names.sort_unstable();
    names
}

/// Neither wool nor bronze.
struct Thread;

impl metallurgy::alloy::IMaterial for Thread {
    fn metals(&self) -> usize {
        1
    }
}

impl textiles::IMaterial for Thread {
    fn washable(&self) -> bool {
        true
    }
}

#[plugin(metallurgy::alloy::IMaterial, textiles::IMaterial, name = "thread")]
static THREAD: Thread = Thread;

#[test]
fn two_crates_may_declare_interfaces_of_one_name() {
    assert_eq!(
        names::<dyn metallurgy::IMaterial>(),
        ["BRONZE", "OLD_BRONZE"]
    );
    assert_eq!(names::<dyn textiles::IMaterial>(), ["WOOL", "thread"]);
    assert!(<dyn metallurgy::IMaterial>::INFO != <dyn textiles::IMaterial>::INFO);
}

#[test]
fn two_modules_may_declare_interfaces_of_one_name() {
    assert_eq!(
        names::<dyn metallurgy::alloy::IMaterial>(),
        ["BRONZE", "thread"]
    );
    assert!(<dyn metallurgy::IMaterial>::INFO != <dyn metallurgy::alloy::IMaterial>::INFO);
    assert_eq!(
        <dyn metallurgy::IMaterial>::INFO.path(),
        "metallurgy::IMaterial"
    );
    assert_eq!(
        <dyn metallurgy::alloy::IMaterial>::INFO.path(),
        "metallurgy::alloy::IMaterial"
    );
}

#[test]
fn interfaces_of_one_name_are_queried_apart() {
    for plugin in plugins::<dyn metallurgy::IMaterial>() {
        let alloy = plugin.info.query::<dyn metallurgy::alloy::IMaterial>();
        assert_eq!(alloy.is_some(), plugin.info.name() == "BRONZE");
        assert!(alloy.is_none_or(|alloy| alloy.metals() == 2));
        assert!(!plugin.info.provides::<dyn textiles::IMaterial>());
    }
}

#[test]
fn a_plugin_says_which_package_it_is_from() {
    let thread = plugins::<dyn textiles::IMaterial>().iter();
    let mut packages: Vec<_> = thread.map(|plugin| plugin.info.package()).collect();
    packages.sort_unstable();
    assert_eq!(packages, ["plugin-tests", "textiles"]);
    assert_eq!(<dyn textiles::IMaterial>::INFO.package(), "textiles");
}
