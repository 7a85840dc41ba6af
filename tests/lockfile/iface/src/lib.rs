//! An interface with a type whose crate knows nothing of it.

use bytes::Bytes;

/// Gives bytes.
#[plugin_core::interface(dropin, foreign(bytes::Bytes))]
pub trait IBytes {
    /// Some of them.
    fn bytes(&self) -> Bytes;
}
