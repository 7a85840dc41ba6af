//! An interface, and a plugin.

/// A step.
#[plugin_core::interface]
pub trait IStep {}

impl IStep for u8 {}

#[plugin_core::plugin(IStep)]
static ADD: u8 = 1;
