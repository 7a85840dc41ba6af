//! Another library.

use iface::*;
use plugin_core::{IPlugin, dropin, plugin};

dropin!();

struct Other;

#[plugin(IPlugin, IPart, name = "other")]
static OTHER: Other = Other;

impl IPart for Other {
    fn value(&self) -> u64 {
        panic!("in the other library")
    }
}
