//! An interface, and the macro that makes thousands of plugins of it.
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
