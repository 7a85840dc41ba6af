//! Two interfaces of one name, in two modules.

use plugin_core::{interface, plugin};

/// A material of the whole crate.
#[interface]
pub trait IMaterial {
    /// The pressure (Pa) that it supports.
    fn yield_stress(&self) -> f64;
}

/// Materials made of others.
pub mod alloy {
    use plugin_core::interface;

    /// An alloy: another interface, with the name of the one above.
    #[interface]
    pub trait IMaterial {
        /// How many metals it is made of.
        fn metals(&self) -> usize;
    }
}

/// Bronze, which is a material in both senses.
pub struct Bronze;

impl IMaterial for Bronze {
    fn yield_stress(&self) -> f64 {
        125e6
    }
}

impl alloy::IMaterial for Bronze {
    fn metals(&self) -> usize {
        2
    }
}

/// Both interfaces, on one static.
#[plugin(IMaterial, alloy::IMaterial)]
pub static BRONZE: Bronze = Bronze;

/// The first of them only.
#[plugin(IMaterial)]
pub static OLD_BRONZE: Bronze = Bronze;

/// A coin, which other crates strike.
#[interface]
pub trait ICoin {
    /// What it is worth.
    fn worth(&self) -> u32;
}

impl ICoin for u32 {
    fn worth(&self) -> u32 {
        *self
    }
}
