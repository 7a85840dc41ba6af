//! Plugins by name, and what is said where there is none, or are several.

use std::error::Error;
use std::time::{Duration, Instant};

use metallurgy::ICoin;
use mint_east as _;
use mint_west as _;
use plugin_core::{FindError, Interface, NotFound, PluginRef, interface, plugin, slot};

#[interface]
trait INumbered {}

impl INumbered for u8 {}

macro_rules! numbered {
    ($($name:ident)*) => {
        $(
            #[plugin(INumbered)]
            static $name: u8 = 0;
        )*
    };
}

numbered! { N23 N22 N21 N20 N19 N18 N17 N16 N15 N14 N13 N12 }
numbered! { N11 N10 N09 N08 N07 N06 N05 N04 N03 N02 N01 }

mod again {
    use super::INumbered;

    #[plugin_core::plugin(INumbered)]
    static N01: u8 = 1;
}

#[interface]
trait IFew {}

impl IFew for u8 {}

#[plugin(IFew, name = "Zebra")]
static ZEBRA: u8 = 1;

#[plugin(IFew, name = "aardvark")]
static AARDVARK: u8 = 2;

#[interface]
trait IElsewhere {}

impl IElsewhere for u8 {}

#[plugin(IElsewhere, name = "unicorn")]
static UNICORN: u8 = 3;

#[interface]
trait ISingle {}

impl ISingle for u8 {}

#[plugin(ISingle)]
static SINGLE: u8 = 4;

#[interface]
trait INobody {}

/// Plugins of one name and one id.
#[interface]
trait IAlike {}

impl IAlike for u8 {}

const _: () = {
    #[plugin(IAlike)]
    static ALIKE: u8 = 10;
};

fn _with_a_plugin() {
    #[plugin(IAlike)]
    static ALIKE: u8 = 11;
}

macro_rules! alike {
    ($($value:literal)*) => {
        $(
            const _: () = {
                #[plugin(IAlike)]
                static ALIKE: u8 = $value;
            };
        )*
    };
}

alike! { 12 13 14 }

#[plugin(IAlike, name = "other")]
static OTHER: u8 = 15;

#[track_caller]
fn not_found<I: ?Sized + Interface>(name: &str) -> NotFound {
    match slot::<I>().find(name) {
        Err(FindError::NotFound(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plugin_is_found_by_its_name_and_by_its_id() {
    let slot = slot::<dyn IFew>();
    let zebra = slot.find("Zebra").unwrap();
    assert_eq!(zebra.info.id(), "it::find::ZEBRA");
    assert!(std::ptr::eq(zebra, slot.find("it::find::ZEBRA").unwrap()));
    assert!(
        slot.plugins()
            .iter()
            .any(|plugin| std::ptr::eq(plugin, zebra))
    );
    assert!(slot.find("zebra").is_err());
    assert!(slot.find("ZEBRA").is_err());
    assert!(slot.find("").is_err());
}

#[test]
fn the_names_that_there_are_are_listed_in_their_order() {
    assert_eq!(
        not_found::<dyn IFew>("horse").to_string(),
        "`IFew` has no plugin `horse`\nthere are: Zebra, aardvark"
    );
    assert_eq!(
        not_found::<dyn ISingle>("horse").to_string(),
        "`ISingle` has no plugin `horse`\nthere is: SINGLE"
    );
}

#[test]
fn each_name_is_listed_once_and_twenty_are_enough() {
    let error = not_found::<dyn INumbered>("something else");
    assert_eq!(error.names().len(), 23);
    assert_eq!(
        error.to_string(),
        "`INumbered` has no plugin `something else`\n\
         there are: N01, N02, N03, N04, N05, N06, N07, N08, N09, N10, N11, N12, N13, N14, N15, \
         N16, N17, N18, N19, N20, and 3 more"
    );
}

#[test]
fn twenty_names_are_enough_on_one_line() {
    let error = serde_json::from_str::<PluginRef<dyn INumbered>>("\"something else\"");
    let text = error.unwrap_err().to_string();
    let start = "`INumbered` has no plugin `something else`, expected one of `N01`, `N02`, ";
    assert!(text.starts_with(start), "{text}");
    let end = ", `N20`, and 3 more at line 1 column 16";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn the_nearest_name_is_suggested() {
    let error = not_found::<dyn IFew>("zerba");
    assert_eq!(error.nearest(), Some("Zebra"));
    assert_eq!(
        error.to_string(),
        "`IFew` has no plugin `zerba`; did you mean `Zebra`?\nthere are: Zebra, aardvark"
    );
    assert_eq!(not_found::<dyn IFew>("horse").nearest(), None);
    assert_eq!(not_found::<dyn IFew>("").nearest(), None);
}

#[test]
fn a_plugin_of_another_interface_is_recognised() {
    for name in ["unicorn", "it::find::UNICORN"] {
        let error = not_found::<dyn IFew>(name);
        assert_eq!(error.elsewhere(), [<dyn IElsewhere>::INFO]);
        assert_eq!(error.interface(), <dyn IFew>::INFO);
        assert_eq!(error.name(), name);
        assert_eq!(
            error.to_string(),
            format!(
                "`IFew` has no plugin `{name}`; it is a plugin of `it::find::IElsewhere`\n\
                 there are: Zebra, aardvark"
            )
        );
    }
}

#[test]
fn an_empty_slot_says_so() {
    let error = not_found::<dyn INobody>("anything");
    assert!(error.names().is_empty());
    assert_eq!(
        error.to_string(),
        "`INobody` has no plugin `anything`\nthere is none: does the program link a crate that has one?"
    );
}

#[test]
fn a_name_with_line_breaks_stays_on_its_line() {
    assert_eq!(
        not_found::<dyn IFew>("a\r\nb\u{2028}\0").to_string(),
        "`IFew` has no plugin `a\\r\\nb\\u{2028}\\u{0}`\nthere are: Zebra, aardvark"
    );
}

#[test]
fn a_name_of_a_megabyte_takes_no_time() {
    let name = "N".repeat(1 << 20);
    let start = Instant::now();
    let error = not_found::<dyn INumbered>(&name);
    let text = error.to_string();
    // The comparison of all names would take minutes.
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(error.nearest(), None);
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn two_crates_may_have_plugins_of_one_name() {
    let coin = slot::<dyn ICoin>();
    assert_eq!(coin.find("mint_east::PENNY").unwrap().worth(), 1);
    assert_eq!(coin.find("mint_west::PENNY").unwrap().worth(), 2);
    let Err(FindError::Ambiguous(error)) = coin.find("penny") else {
        panic!("a penny was found");
    };
    assert_eq!(error.name(), "penny");
    assert_eq!(error.interface(), <dyn ICoin>::INFO);
    let [east, west] = error.candidates() else {
        panic!("{error:?}");
    };
    let (east, west) = (east.file(), west.file());
    assert!(east.ends_with("lib.rs") && west.ends_with("lib.rs") && east != west);
    assert_eq!(
        error.to_string(),
        format!(
            "`ICoin` has 2 plugins `penny`; use one of these instead:\
             \n  mint_east::PENNY (mint-east 1.2.3, {east}:9)\
             \n  mint_west::PENNY (mint-west 2.0.0-beta.1, {west}:9)"
        )
    );
}

#[test]
fn plugins_of_one_id_are_found_by_their_numbers() {
    let slot = slot::<dyn IAlike>();
    let version = env!("CARGO_PKG_VERSION");
    let mut values: Vec<u8> = Vec::new();
    for number in 1..=5 {
        let text = format!("it::find::ALIKE@{version}#{number}");
        let plugin = slot.find(&text).unwrap();
        assert_eq!(slot.text_of(plugin.info), text);
        values.extend(plugin.info.downcast_ref::<u8>());
    }
    // Those of one line are in the linker's order.
    values[2..].sort_unstable();
    assert_eq!(values, [10, 11, 12, 13, 14]);
    for number in ["0", "6", "01", "1 ", ""] {
        assert!(
            slot.find(&format!("it::find::ALIKE@{version}#{number}"))
                .is_err()
        );
    }
    assert_eq!(slot.text_of(slot.find("other").unwrap().info), "other");
}

#[test]
fn each_way_to_name_several_plugins_is_answered_with_what_finds_them() {
    let version = env!("CARGO_PKG_VERSION");
    for name in [
        "ALIKE",
        "it::find::ALIKE",
        &format!("it::find::ALIKE@{version}"),
    ] {
        let Err(FindError::Ambiguous(error)) = slot::<dyn IAlike>().find(name) else {
            panic!("one is called `{name}`");
        };
        let lines: Vec<_> = error.candidates().iter().map(|info| info.line()).collect();
        assert!(lines.is_sorted() && lines.len() == 5, "{lines:?}");
        let text = error.to_string();
        let (title, list) = text.split_once('\n').unwrap();
        let expected = format!("`IAlike` has 5 plugins `{name}`; use one of these instead:");
        assert_eq!(title, expected);
        let mut found: Vec<u8> = Vec::new();
        for line in list.lines() {
            let (text, _) = line.trim().split_once(' ').unwrap();
            let plugin = slot::<dyn IAlike>().find(text).unwrap();
            found.extend(plugin.info.downcast_ref::<u8>());
        }
        found.sort_unstable();
        assert_eq!(found, [10, 11, 12, 13, 14]);
    }
}

#[test]
fn the_error_is_small_and_may_go_anywhere() {
    fn anywhere(error: impl Error + Send + Sync + 'static) -> Box<dyn Error + Send + Sync> {
        Box::new(error)
    }

    assert!(size_of::<FindError>() <= 5 * size_of::<usize>());
    let error = slot::<dyn IFew>().find("horse").unwrap_err();
    let text = error.to_string();
    let error = anywhere(error);
    assert_eq!(error.to_string(), text);
    assert!(error.source().is_none());
    assert!(error.downcast_ref::<FindError>().is_some());
}
