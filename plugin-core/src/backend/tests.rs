//! What a program says of a linker that loses interfaces and plugins.

use std::panic::{UnwindSafe, catch_unwind};
use std::string::String;

use super::*;
use crate::interface::{Identity, erased};
use crate::{IPlugin, Interface, InterfaceKind, Plugin, Slot, slot};

/// An interface of which the linker has left nothing.
trait ILost: Send + Sync {}

impl Interface for dyn ILost {
    const IDENTITY: Identity<Self> = crate::identity! {
        key: 0x1057,
        kind: InterfaceKind::Trait,
        name: "ILost",
        path: "ships::ILost",
        docs: "",
        package: "ships",
        version: "1.2.3",
        file: "src/lost.rs",
        line: 7,
        noun: "",
        wants_one: false,
        tags: &[],
        extends: &[],
        members: &[],
        erased: erased::<dyn ILost>(),
    };

    fn slot() -> &'static Slot<Self> {
        static SLOT: Slot<dyn ILost> = slot::declared();
        &SLOT
    }

    fn plugins() -> &'static [Plugin<Self>] {
        &[]
    }

    fn only_the_interface_attribute_implements_this_trait() {}
}

#[track_caller]
fn assert_lost(ask: impl FnOnce() + UnwindSafe) {
    let panic = catch_unwind(ask).expect_err("it is noticed");
    let text = panic.downcast_ref::<String>().unwrap();
    let start = "`ILost` (ships 1.2.3, src/lost.rs:7) has been dropped by the linker, and maybe its \
                 plugins too\nhelp: ";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn who_looks_for_a_plugin_of_an_interface_that_the_linker_lost_is_told() {
    let slot = crate::slot::<dyn ILost>;
    assert_lost(move || drop(slot().find("anchor")));
    assert_lost(move || drop(slot().only()));
    assert_lost(move || assert!(slot().sorted().is_empty()));
    // A walk costs nothing, and does not look.
    assert!(slot().plugins().is_empty());
}

#[test]
fn an_interface_that_is_there_is_no_error() {
    found_nothing(<dyn IPlugin>::INFO);
}

/// What linker scripts name has the version in its name.
#[test]
fn sections_are_called_by_their_version() {
    let numbers = (
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
    );
    assert_eq!(
        numbers,
        ("0", "1"),
        "rename `PLUGIN_0_1_…` in this module and in `IPlugin`"
    );
}
