//! The index by name, with plugins that are made for it.

use core::ptr;
use std::string::String;
use std::time::{Duration, Instant};
use std::vec::Vec;

use super::*;
use crate::plugin::kind::Kind;

fn plugin(name: &str, id: &str, version: &str, line: u32) -> &'static PluginInfo {
    static KIND: Kind = Kind::foreign(&[], &[], "()", &[]);

    let text = format!("{name}\0metals\0{version}\0src/lib.rs\0{line}\0\0{id}\0");
    // SAFETY: there are no casts.
    unsafe { PluginInfo::foreign(ptr::null(), &KIND, 0, &text) }
}

/// The text of each plugin, once it has been seen to find that plugin.
#[track_caller]
fn texts(plugins: &[&'static PluginInfo]) -> Vec<String> {
    let index = Index::new(plugins);
    let text = |(place, info): (usize, &&'static PluginInfo)| {
        let text = index.text_of(info, |place| plugins.get(place).copied());
        let found = index.find(text, |place| at(plugins, place));
        assert_eq!(found, Found::One(place), "{text}");
        text.into()
    };
    plugins.iter().enumerate().map(text).collect()
}

#[track_caller]
fn find(plugins: &[&'static PluginInfo], text: &str) -> Found<usize> {
    Index::new(plugins).find(text, |place| at(plugins, place))
}

#[test]
fn a_name_that_is_enough_is_the_text_even_where_the_id_is_not() {
    let plugins = [
        plugin("steel", "metals::STEEL", "0.1.0", 1),
        plugin("iron", "metals::STEEL", "0.1.0", 2),
    ];
    assert_eq!(texts(&plugins), ["steel", "iron"]);
    assert_eq!(find(&plugins, "metals::STEEL"), Found::Several);
    assert_eq!(find(&plugins, "metals::STEEL@0.1.0#2"), Found::One(1));
}

#[test]
fn an_id_that_is_enough_is_the_text_where_the_name_is_not() {
    let plugins = [
        plugin("steel", "metals::STEEL", "0.1.0", 1),
        plugin("steel", "alloys::STEEL", "0.1.0", 1),
    ];
    assert_eq!(texts(&plugins), ["metals::STEEL", "alloys::STEEL"]);
    assert_eq!(find(&plugins, "steel"), Found::Several);
    assert_eq!(find(&plugins, "metals::STEEL@0.1.0"), Found::None);
}

#[test]
fn versions_tell_equal_ids_apart() {
    let plugins = [
        plugin("STEEL", "metals::STEEL", "0.2.0", 1),
        plugin("STEEL", "metals::STEEL", "0.1.0", 1),
    ];
    let expected = ["metals::STEEL@0.2.0", "metals::STEEL@0.1.0"];
    assert_eq!(texts(&plugins), expected);
    assert_eq!(find(&plugins, "metals::STEEL"), Found::Several);
}

#[test]
fn numbers_by_line_and_then_by_place_tell_one_version_apart() {
    let steel = |line| plugin("STEEL", "metals::STEEL", "0.1.0", line);
    let plugins = [
        steel(9),
        steel(5),
        steel(5),
        plugin("STEEL", "metals::STEEL", "0.2.0", 7),
        steel(3),
    ];
    assert_eq!(
        texts(&plugins),
        [
            "metals::STEEL@0.1.0#4",
            "metals::STEEL@0.1.0#2",
            "metals::STEEL@0.1.0#3",
            "metals::STEEL@0.2.0",
            "metals::STEEL@0.1.0#1",
        ]
    );
    assert_eq!(find(&plugins, "metals::STEEL@0.1.0"), Found::Several);
    assert_eq!(find(&plugins, "metals::STEEL@0.1.0#5"), Found::None);
    assert_eq!(find(&plugins, "metals::STEEL@0.3.0"), Found::None);
}

#[test]
fn numbers_alone_tell_equal_ids_apart_where_no_version_is_known() {
    let steel = |line| plugin("STEEL", "metals::STEEL", "", line);
    let plugins = [
        steel(2),
        steel(1),
        plugin("STEEL", "metals::STEEL", "0.1.0", 1),
    ];
    let expected = ["metals::STEEL#2", "metals::STEEL#1", "metals::STEEL@0.1.0"];
    assert_eq!(texts(&plugins), expected);
    assert_eq!(find(&plugins, "metals::STEEL"), Found::Several);
    assert_eq!(find(&plugins, "metals::STEEL@"), Found::None);
    assert_eq!(texts(&plugins[1..])[0], "metals::STEEL#1");
}

#[test]
fn what_other_plugins_are_called_is_passed_over() {
    let steel = |line| plugin("STEEL", "metals::STEEL", "0.1.0", line);
    let plugins = [
        steel(1),
        plugin("metals::STEEL@0.1.0#1", "metals::IRON", "0.1.0", 1),
        steel(2),
        plugin("STEEL", "metals::TIN", "0.1.0", 3),
        plugin("metals::TIN", "metals::ZINC", "0.1.0", 4),
        plugin("metals::TIN@0.1.0", "metals::LEAD", "0.1.0", 5),
    ];
    assert_eq!(
        texts(&plugins),
        [
            "metals::STEEL@0.1.0#2",
            "metals::STEEL@0.1.0#1",
            "metals::STEEL@0.1.0#3",
            "metals::TIN@0.1.0#1",
            "metals::TIN",
            "metals::TIN@0.1.0",
        ]
    );
}

#[test]
fn a_plugin_that_is_called_by_its_id_is_found() {
    let plugins = [
        plugin("metals::STEEL", "metals::STEEL", "0.1.0", 1),
        plugin("STEEL", "metals::STEEL", "0.1.0", 2),
        plugin("STEEL", "metals::IRON", "0.1.0", 3),
    ];
    let expected = ["metals::STEEL", "metals::STEEL@0.1.0", "metals::IRON"];
    assert_eq!(texts(&plugins), expected);
}

#[test]
fn a_plugin_of_another_slot_is_called_by_its_name_where_that_is_free() {
    let plugins = [plugin("steel", "metals::STEEL", "0.1.0", 1)];
    let index = Index::new(&plugins);
    let text = |name| {
        let other = plugin(name, "alloys::OTHER", "0.1.0", 1);
        String::from(index.text_of(other, |place| plugins.get(place).copied()))
    };
    assert_eq!(text("other"), "other");
    assert_eq!(text("steel"), "alloys::OTHER");
}

#[test]
#[cfg_attr(miri, ignore = "it takes minutes")]
fn a_hundred_thousand_plugins_of_one_id_are_each_found_in_time() {
    let start = Instant::now();
    let plugins: Vec<_> = (0..100_000)
        .map(|number| plugin("STEEL", "metals::STEEL", "0.1.0", number / 1000))
        .collect();
    let texts = texts(&plugins);
    let last: String = format!("metals::STEEL@0.1.0#{}", plugins.len());
    assert_eq!(*texts.last().unwrap(), last);
    // Comparing each with each would take minutes.
    assert!(start.elapsed() < Duration::from_secs(30));
}
