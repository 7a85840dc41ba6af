//! What users rely on, tested through real crates. One binary, so that it is linked once.

mod cargo;
mod catalog;
mod configured;
mod constants;
mod crates;
mod data;
mod dependency;
mod docs;
mod double;
mod dylib;
mod extends;
mod features;
mod find;
mod forms;
mod functions;
mod hygiene;
mod info;
mod lazy;
mod link;
mod linker;
mod matsim;
mod members;
mod noun;
mod one;
mod outside;
mod paths;
mod peers;
mod readme;
mod reference;
mod slots;
mod sorted;
mod statics;
#[cfg(target_os = "linux")]
mod symbols;
mod threads;
#[cfg(target_os = "linux")]
mod tools;
mod twice;
mod wrong;

use plugin_core::{Interface, Plugin, plugins};

/// The plugin of an interface that has one.
#[track_caller]
fn only<I: ?Sized + Interface>() -> &'static Plugin<I> {
    match plugins::<I>() {
        [plugin] => plugin,
        others => panic!("{others:#?}"),
    }
}
