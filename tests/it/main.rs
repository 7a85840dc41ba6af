//! What users rely on, tested through real crates. One binary, so that it is linked once.

mod cargo;
mod catalog;
mod crates;
mod docs;
mod extends;
mod forms;
mod hygiene;
mod info;
mod lazy;
mod link;
mod matsim;
mod members;
mod outside;
mod paths;
mod slots;
mod statics;

use plugin_core::{Interface, Plugin, plugins};

/// The plugin of an interface that has one.
#[track_caller]
fn only<I: ?Sized + Interface>() -> &'static Plugin<I> {
    match plugins::<I>() {
        [plugin] => plugin,
        others => panic!("{others:#?}"),
    }
}
