//! Interfaces of which one plugin is wanted.

use std::error::Error;

use plugin_core::{Interface, OnlyError, interface, plugin, slot};

#[interface(one)]
trait INone {}

#[interface(one)]
trait IOne {}

impl IOne for u8 {}

#[plugin(IOne)]
static ONE: u8 = 0;

#[interface(one)]
trait IOverride {}

impl IOverride for u8 {}

#[plugin(IOverride, priority = -5)]
static USUAL: u8 = 0;

#[plugin(IOverride, priority = 5)]
static BETTER: u8 = 0;

#[plugin(IOverride)]
static OTHER: u8 = 0;

// Two of lower priority that are equal do no harm.
#[plugin(IOverride)]
static ANOTHER: u8 = 0;

#[interface]
trait ITie {}

impl ITie for u8 {}

#[plugin(ITie, name = "low", priority = 1)]
static LOW: u8 = 0;

#[plugin(ITie, name = "second", priority = 2)]
static TIED_B: u8 = 0;

#[plugin(ITie, name = "first", priority = 2)]
static TIED_A: u8 = 0;

#[test]
fn an_interface_says_whether_one_is_wanted() {
    assert!(<dyn IOne>::INFO.wants_one());
    assert!(<dyn INone>::INFO.wants_one());
    assert!(!<dyn ITie>::INFO.wants_one());
}

#[test]
fn none_is_an_error_that_says_what_to_do() {
    let error = slot::<dyn INone>().only().unwrap_err();
    assert!(matches!(error, OnlyError::NotFound(info) if info == <dyn INone>::INFO));
    assert_eq!(
        error.to_string(),
        "`INone` has no plugin, and one is needed\n\
         declare one, `#[plugin(INone)] static …`, or link in a crate that has one"
    );
}

#[test]
fn one_is_taken_whatever_its_priority() {
    assert_eq!(slot::<dyn IOne>().only().unwrap().info.name(), "ONE");
}

#[test]
fn of_several_the_highest_priority_is_taken() {
    let only = slot::<dyn IOverride>().only().unwrap();
    assert_eq!(only.info.name(), "BETTER");
    assert!(std::ptr::eq(only, slot::<dyn IOverride>().sorted()[0]));
}

#[test]
fn a_tie_is_an_error_that_lists_each() {
    let error = slot::<dyn ITie>().only().unwrap_err();
    let OnlyError::Ambiguous(tie) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(tie.interface(), <dyn ITie>::INFO);
    let names = tie.candidates().iter().map(|info| info.name());
    assert_eq!(names.collect::<Vec<_>>(), ["first", "second"]);
    let [first, second] = tie.candidates() else {
        panic!("{tie:?}");
    };
    let (file, version) = (file!(), env!("CARGO_PKG_VERSION"));
    assert_eq!(
        error.to_string(),
        format!(
            "`ITie` has 2 plugins of priority 2, and one is needed; \
             give one of them a higher `priority` than the others\
             \n  first (plugin-tests {version}, {file}:{})\
             \n  second (plugin-tests {version}, {file}:{})",
            first.line(),
            second.line()
        )
    );
    assert!(first.line() > second.line());
}

#[test]
fn the_error_may_go_anywhere() {
    fn anywhere<E: Error + Send + Sync + 'static>(_: &E) {}

    anywhere(&slot::<dyn ITie>().only().unwrap_err());
    assert!(size_of::<OnlyError>() <= 2 * size_of::<usize>());
}
