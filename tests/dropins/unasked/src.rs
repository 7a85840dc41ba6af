//! A drop-in for an interface whose author has not said that it may be crossed.

use plugin_core::{interface, plugin};

plugin_core::dropin!();

#[interface]
pub trait ISecret {}

impl ISecret for u8 {}

#[plugin(ISecret)]
static ONE: u8 = 1;
