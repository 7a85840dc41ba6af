//! A plugin with the name of another crate's.

use metallurgy::ICoin;
use plugin_core::plugin;

/// The penny of the east.
///
/// It is made of copper.
#[plugin(ICoin, name = "penny")]
pub static PENNY: u32 = 1;

/// The pound of the east.
#[plugin(ICoin, name = "pound-east", priority = 5)]
pub static POUND: u32 = 240;
