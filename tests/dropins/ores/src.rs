//! Plugins that a program links in, or a drop-in offers.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused, non_camel_case_types)]

use std::sync::{LazyLock, Mutex};

use imat::{Grade, IMaterial, INote, Material};
use plugin_core::{IPlugin, interface, plugin};

/// Iron and oxygen.
#[plugin(IPlugin, IMaterial, INote, name = "hematite", priority = 4)]
#[tag(color = "red")]
static HEMATITE: Material = Material(6);

mod deep {
    use super::{INote, LazyLock, Material, plugin};

    #[plugin(INote)]
    static GALENA: LazyLock<Material> = LazyLock::new(|| Material(7));
}

/// Has a plugin in its body.
#[must_use]
pub fn count() -> usize {
    #[plugin(IPlugin)]
    static COUNTED: Mutex<usize> = Mutex::new(8);

    *COUNTED.lock().unwrap()
}

/// The lowest one.
#[plugin(Grade)]
static LOW: Grade = Grade {
    level: 1,
    name: "low",
};

/// Says another number.
#[plugin(INote, name = "said")]
fn say() -> u64 {
    12
}

/// An interface that no drop-in may provide.
#[interface]
pub trait ISecret {}

impl ISecret for Material {}

#[plugin(ISecret, INote)]
static SECRET: Material = Material(9);

#[plugin(INote, ISecret)]
static HIDDEN: Material = Material(10);
