//! The interfaces.

use plugin_core::interface;

/// Something that is worth a number.
#[interface]
pub trait INumber {
    /// The number.
    fn number(&self) -> u32;
}

/// Something that is worth a number, and has a text.
#[interface]
pub trait IText: INumber {
    /// The text.
    fn text(&self) -> String {
        format!("text {}", self.number())
    }
}

/// An interface that nobody provides.
#[interface]
pub trait IEmpty {}

pub use self::IText as IRenamed;

impl INumber for u32 {
    fn number(&self) -> u32 {
        *self
    }
}

impl IText for u32 {}
