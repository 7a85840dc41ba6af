//! An interface crate that forbids unsafe code.

#![forbid(unsafe_code)]
#![forbid(missing_docs, unused_imports, dead_code, unused)]
// With the feature, an `allow` of this lint is part of what is declared.
#![cfg_attr(not(feature = "dylib"), forbid(non_upper_case_globals))]

use plugin_core::interface;

/// An interface with members of all kinds.
#[interface(one)]
#[tag(key = "value")]
pub trait ISafe {
    /// A method.
    fn method<'a>(&'a self, text: &'a str) -> &'a str;

    /// An attribute.
    #[attribute]
    #[tag(unit = "m")]
    fn attribute(&self) -> f64;

    /// A provided method.
    fn provided(&self) -> u8 {
        1
    }
}

/// An interface that extends the other.
#[interface]
pub trait IExtends: ISafe + core::fmt::Debug {}

mod private {
    #[plugin_core::interface]
    trait IPrivate {}

    /// An interface that is re-exported.
    #[plugin_core::interface(slot = "SAFE_INTERFACE_NAMED_BY_HAND")]
    pub trait IReexported {}
}

pub use private::IReexported as IRenamed;
