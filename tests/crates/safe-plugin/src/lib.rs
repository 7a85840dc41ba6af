//! A plugin crate that forbids unsafe code.

#![forbid(unsafe_code)]
#![forbid(missing_docs, unused_imports, dead_code, unused)]
// With the feature, an `allow` of this lint is part of what is declared.
#![cfg_attr(not(feature = "dylib"), forbid(non_upper_case_globals))]

use std::sync::LazyLock;

use plugin_core::{IPlugin, plugin};
use safe_interface::{IExtends, IRenamed as Renamed, ISafe};

/// The type of the plugins.
#[derive(Debug)]
pub struct Safe(f64);

impl ISafe for Safe {
    fn method<'a>(&'a self, text: &'a str) -> &'a str {
        text
    }

    fn attribute(&self) -> f64 {
        self.0
    }
}

impl IExtends for Safe {}
impl Renamed for Safe {}

/// A plugin.
#[plugin(IPlugin, ISafe, IExtends, Renamed, name = "safe", priority = 1)]
#[tag(key = "value")]
pub static SAFE: Safe = Safe(1.5);

/// A plugin that is made on its first use.
#[plugin(ISafe)]
pub static LATE: LazyLock<Safe> = LazyLock::new(|| Safe(2.5));

/// A struct that is a plugin.
#[plugin(Renamed)]
pub struct Unit;

impl Renamed for Unit {}
