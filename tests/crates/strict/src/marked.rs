//! Items that rustc has something to say about when they are used.

use plugin_core::{interface, plugin};

/// An interface with members that are marked.
#[interface]
#[must_use]
pub trait IMarked {
    /// A member that is not to be used any longer.
    #[deprecated = "use `fresh`"]
    fn old(&self) -> u8 {
        1
    }
    /// A member whose result is to be used.
    #[must_use = "it does nothing else"]
    fn fresh(&self) -> u8;
    /// A member that hides itself.
    #[doc(hidden)]
    fn hidden(&self) {}
    /// A member that is never inlined.
    #[inline(never)]
    #[cold]
    fn cold(&self) {}
    /// A member that Clippy is told about.
    #[allow(clippy::wrong_self_convention)]
    fn to_something(&self, _unused: u8) {}
}

impl IMarked for u8 {
    fn fresh(&self) -> u8 {
        *self
    }
}

/// A struct whose values are to be used.
#[plugin(IMarked)]
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Used;

impl IMarked for Used {
    fn fresh(&self) -> u8 {
        2
    }
}

/// A static that stays where it is.
#[plugin(IMarked)]
#[used]
#[doc(hidden)]
pub static KEPT: u8 = 3;
