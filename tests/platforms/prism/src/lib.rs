//! A drop-in.

#![forbid(unsafe_code)]

use plugin_core::{IPlugin, plugin};
use shape::{IShape, ISolid};

plugin_core::dropin!();

#[plugin(IPlugin, IShape, ISolid, name = "prism")]
struct Prism;

impl IShape for Prism {
    fn sides(&self) -> u32 {
        9
    }
}

impl ISolid for Prism {
    fn faces(&self, extra: u32) -> u32 {
        assert!(extra < 1_000, "{extra} faces are too many");
        // It grows with the program's allocator, and is freed with it.
        let faces: Vec<u32> = (0..5 + extra).collect();
        faces.len().try_into().unwrap_or(u32::MAX)
    }
}
