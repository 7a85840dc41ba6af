//! Interfaces with settings of their own.

use plugin_core as renamed;

/// An interface whose slot is named.
#[renamed::interface(slot = "STRICT_NAMED_BY_HAND", crate = renamed)]
pub trait INamed {}

/// An interface that is provided by every type.
#[renamed::interface(lazy = false)]
pub trait IBlanket {}

impl<T: Send + Sync> IBlanket for T {}

impl INamed for u8 {}

/// A plugin.
#[renamed::plugin(INamed, IBlanket, crate = renamed)]
pub static NAMED: u8 = 1;
