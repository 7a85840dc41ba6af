//! A drop-in with data, a function, and names that are constants.
#![forbid(unsafe_code)]

use imat::{Grade, INote};
use plugin_core::plugin;

plugin_core::dropin!();

const PREFIX: &str = "grade";

/// The best one.
#[plugin(Grade, name = PREFIX, id = concat!("grades", "::", "high"), priority = 2 + 1)]
static HIGH: Grade = Grade {
    level: 7,
    name: "high",
    #[cfg(feature = "resized")]
    least: 0,
};

/// Says a number.
#[plugin(INote)]
fn say() -> u64 {
    11
}
