//! An interface and its plugins in the edition of 2015.

extern crate plugin_core;

use std::fmt::Debug;

use plugin_core::{interface, plugin, IPlugin};

/// An interface, declared here.
#[interface]
#[tag(edition = "2015")]
pub trait IEdition: IBase + Debug {
    /// A method.
    fn method(&self, text: &str) -> usize;
    /// An attribute.
    #[attribute]
    fn attribute(&self) -> u32 {
        2015
    }
}

/// Its base.
#[interface]
pub trait IBase {}

/// A struct that is a plugin.
#[plugin(IBase, IPlugin)]
#[derive(Debug)]
pub struct Unit;

impl IBase for Unit {}

impl IEdition for Unit {
    fn method(&self, text: &str) -> usize {
        text.len()
    }
}

/// A plugin.
#[plugin(self::IEdition, crate::IBase, ::plugin_core::IPlugin, name = "2015")]
#[tag(key = "value")]
pub static PLUGIN: Unit = Unit;

/// A plugin that is made on its first use.
#[plugin(IEdition, IBase)]
pub static LATE: std::sync::LazyLock<Unit> = std::sync::LazyLock::new(|| Unit);

/// Types by their names alone.
pub mod types {
    use plugin_core::interface;

    /// A type.
    pub struct Steel;

    /// An interface.
    #[interface]
    pub trait ITypes {
        /// A method.
        fn method(&self, steels: Vec<Steel>, texts: Option<String>);
    }
}
