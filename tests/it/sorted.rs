//! The order of plugins, which does not depend on the linker.

use metallurgy::ICoin;
use mint_east as _;
use mint_west as _;
use plugin_core::{Interface, interface, plugin, slot};

#[interface]
trait IStep {}

impl IStep for u8 {}

// In the order of neither priorities nor ids.
#[plugin(IStep, priority = -1)]
static A_LATE: u8 = 0;

#[plugin(IStep, name = "z")]
static B: u8 = 0;

#[plugin(IStep, priority = 2_147_483_647)]
static Z_FIRST: u8 = 0;

#[plugin(IStep, name = "y")]
static C: u8 = 0;

#[plugin(IStep, priority = -2_147_483_648)]
static A_LAST: u8 = 0;

#[plugin(IStep, priority = 10)]
static Y_SECOND: u8 = 0;

// One id three times: the lines tell them apart.
mod same {
    macro_rules! same {
        ($name:literal) => {
            const _: () = {
                #[plugin_core::plugin(super::IStep, name = $name)]
                static SAME: u8 = 0;
            };
        };
    }

    same!("third by name");
    same!("second by name");
    same!("first by name");
}

fn names<I: ?Sized + Interface>() -> Vec<&'static str> {
    let sorted = slot::<I>().sorted().iter();
    sorted.map(|plugin| plugin.info.name()).collect()
}

#[test]
fn plugins_are_sorted_by_priority_then_by_id_then_by_line() {
    assert_eq!(
        names::<dyn IStep>(),
        [
            "Z_FIRST",
            "Y_SECOND",
            "z",
            "y",
            "third by name",
            "second by name",
            "first by name",
            "A_LATE",
            "A_LAST"
        ]
    );
}

#[test]
fn plugins_of_several_crates_are_sorted_by_id() {
    assert_eq!(
        names::<dyn ICoin>(),
        ["pound-east", "pound-west", "penny", "penny"]
    );
    let ids = slot::<dyn ICoin>().sorted().iter();
    let ids: Vec<_> = ids.map(|plugin| plugin.info.id()).collect();
    assert_eq!(
        ids,
        [
            "mint_east::POUND",
            "mint_west::POUND",
            "mint_east::PENNY",
            "mint_west::PENNY"
        ]
    );
}

#[test]
fn the_sorted_plugins_are_those_of_the_slot() {
    let slot = slot::<dyn IStep>();
    assert_eq!(slot.sorted().len(), slot.plugins().len());
    let range = slot.plugins().as_ptr_range();
    for plugin in slot.sorted() {
        assert!(range.contains(&&raw const **plugin));
    }
    assert!(std::ptr::eq(slot.sorted(), slot.sorted()));
}
