//! A plugin with the name of another crate's.

use metallurgy::ICoin;
use plugin_core::plugin;

/// The penny of the west.
///
/// It is made of copper.
#[plugin(ICoin, name = "penny")]
pub static PENNY: u32 = 2;

/// The pound of the west.
#[plugin(ICoin, name = "pound-west", priority = 5)]
pub static POUND: u32 = 240;
