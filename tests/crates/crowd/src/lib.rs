//! An interface, and the macro that makes a crowd of plugins of it.
//!
//! The plugins are in two crates, which Cargo compiles side by side.

use plugin_core::interface;

/// Something that has a number.
#[interface]
pub trait INumber {
    /// The number.
    #[attribute]
    fn number(&self) -> u32;
}

/// The object of each plugin.
pub struct Number(pub u32);

impl INumber for Number {
    fn number(&self) -> u32 {
        self.0
    }
}

/// How many plugins there are. `.ci/long` makes ten thousand.
pub const COUNT: u32 = if cfg!(feature = "long") {
    10_000
} else {
    1_000
};

/// Plugins for all numbers that begin with the one given: each star stands for one more digit.
#[macro_export]
macro_rules! numbers {
    ($number:expr;) => {
        const _: () = {
            #[plugin_core::plugin($crate::INumber)]
            static NUMBER: $crate::Number = $crate::Number($number);
        };
    };
    ($number:expr; * $($star:tt)*) => {
        $crate::numbers! { 10 * ($number); $($star)* }
        $crate::numbers! { 10 * ($number) + 1; $($star)* }
        $crate::numbers! { 10 * ($number) + 2; $($star)* }
        $crate::numbers! { 10 * ($number) + 3; $($star)* }
        $crate::numbers! { 10 * ($number) + 4; $($star)* }
        $crate::numbers! { 10 * ($number) + 5; $($star)* }
        $crate::numbers! { 10 * ($number) + 6; $($star)* }
        $crate::numbers! { 10 * ($number) + 7; $($star)* }
        $crate::numbers! { 10 * ($number) + 8; $($star)* }
        $crate::numbers! { 10 * ($number) + 9; $($star)* }
    };
}

/// Plugins for all numbers below `COUNT` that begin with these digits.
#[cfg(feature = "long")]
#[macro_export]
macro_rules! beginning_with {
    ($($digit:literal)*) => { $($crate::numbers! { $digit; * * * })* };
}

/// Plugins for all numbers below `COUNT` that begin with these digits.
#[cfg(not(feature = "long"))]
#[macro_export]
macro_rules! beginning_with {
    ($($digit:literal)*) => { $($crate::numbers! { $digit; * * })* };
}
