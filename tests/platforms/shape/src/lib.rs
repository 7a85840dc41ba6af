//! The interfaces.

#![no_std]
#![forbid(unsafe_code)]

use plugin_core::interface;

/// A figure with straight sides, or without any.
#[cfg_attr(feature = "dropin", interface(slot = "PLATFORMS_SHAPE", dropin))]
#[cfg_attr(not(feature = "dropin"), interface(slot = "PLATFORMS_SHAPE"))]
pub trait IShape {
    /// How many sides it has.
    #[attribute]
    fn sides(&self) -> u32;
}

/// A figure that has an inside.
#[cfg_attr(feature = "dropin", interface(slot = "PLATFORMS_SOLID", dropin))]
#[cfg_attr(not(feature = "dropin"), interface(slot = "PLATFORMS_SOLID"))]
pub trait ISolid: IShape {
    /// How many faces it has, and `extra` ones.
    fn faces(&self, extra: u32) -> u32;
}

/// What tells the time.
#[interface(one, slot = "PLATFORMS_CLOCK")]
pub trait IClock {
    /// The time.
    fn now(&self) -> u64;
}

impl IClock for fn() -> u64 {
    fn now(&self) -> u64 {
        self()
    }
}

/// What may be asked of a figure: data.
#[interface(slot = "PLATFORMS_LIMIT")]
pub struct Limit {
    pub name: &'static str,
    pub most: u32,
}

/// What nothing provides.
#[interface(slot = "PLATFORMS_NOTHING")]
pub trait INothing {}
