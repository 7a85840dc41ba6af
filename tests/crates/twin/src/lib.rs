//! A plugin that a program links in, and that is a drop-in as well: `cargo rustc --package twin
//! --crate-type cdylib -- --cfg dropin`.

use itest::ITestPlugin;
use plugin_core::{IPlugin, plugin};

#[cfg(dropin)]
plugin_core::dropin!();

struct Twin;

impl ITestPlugin for Twin {
    fn test1(&self) -> String {
        "twin".to_owned()
    }
}

/// It is there twice.
#[plugin(IPlugin, ITestPlugin, name = "twin")]
static TWIN: Twin = Twin;
