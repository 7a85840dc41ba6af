//! A configured interface, and its plugins.

use plugin_core::{interface, plugin};

/// A configured interface.
#[interface(configured, noun = "filter")]
pub trait IFilter {
    /// A method.
    fn apply(&self, pixel: u32) -> u32;
}

/// A plugin with a parameter.
#[plugin(IFilter, name = "brighten")]
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brighten {
    /// A parameter.
    pub by: u32,
}

impl IFilter for Brighten {
    fn apply(&self, pixel: u32) -> u32 {
        pixel.saturating_add(self.by)
    }
}

/// A plugin without.
#[plugin(IFilter)]
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl IFilter for Nothing {
    fn apply(&self, pixel: u32) -> u32 {
        pixel
    }
}
