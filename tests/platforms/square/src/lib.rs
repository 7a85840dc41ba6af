//! Plugins of another third party.

#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "std")]
extern crate std;

use plugin_core::{IPlugin, plugin};
use shape::{IClock as Clock, *};

#[plugin(IPlugin, IShape, ISolid, name = "cube")]
pub struct Cube;

impl IShape for Cube {
    fn sides(&self) -> u32 {
        12
    }
}

impl ISolid for Cube {
    fn faces(&self, extra: u32) -> u32 {
        6 + extra
    }
}

pub struct Polygon(u32);

impl IShape for Polygon {
    fn sides(&self) -> u32 {
        self.0
    }
}

const _: () = {
    #[plugin(IShape, name = "square")]
    static SQUARE: Polygon = Polygon(4);
};

#[cfg(feature = "std")]
#[plugin(IShape, name = "std: lazy")]
static LAZY: std::sync::LazyLock<Polygon> = std::sync::LazyLock::new(|| Polygon(5));

pub struct Running;

impl Clock for Running {
    fn now(&self) -> u64 {
        7
    }
}

#[plugin(shape::IClock, name = "running")]
static RUNNING: Running = Running;

const PREFIX: &str = "sides";

#[plugin(Limit, name = PREFIX, id = concat!("limits", "::", "sides"), priority = 1 + 1)]
static SIDES: Limit = Limit {
    name: "sides of a square",
    most: 4,
};

/// Has stopped long ago.
#[plugin(Clock, name = "broken", priority = -20)]
fn broken() -> u64 {
    3
}
