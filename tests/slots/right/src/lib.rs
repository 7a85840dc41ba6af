//! An interface whose slot has the name of another one's.

#[plugin_core::interface(slot = "SHARED")]
pub trait IRight {}
