//! A plugin that shares its bytes.

use bytes::Bytes;
use iface::IBytes;
use plugin_core::{dropin, plugin};

dropin!();

struct Shared;

#[plugin(IBytes)]
static SHARED: Shared = Shared;

impl IBytes for Shared {
    fn bytes(&self) -> Bytes {
        Bytes::from(vec![1, 2, 3])
    }
}
