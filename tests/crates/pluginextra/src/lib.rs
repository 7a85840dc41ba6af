//! A drop-in with one plugin. The tests write other digits into copies of the library, and so have
//! as many different ones as they want.

use itest::ITestPlugin2;
use plugin_core::{IPlugin, plugin};

plugin_core::dropin!();

struct Extra;

impl ITestPlugin2 for Extra {
    fn test(&self) -> String {
        // Read from where the linker has put it: a copy's digits are in its data.
        std::hint::black_box("extra-000000").to_owned()
    }
}

/// A plugin of many.
#[plugin(ITestPlugin2, IPlugin, name = "extra-000000")]
static EXTRA_000000: Extra = Extra;
