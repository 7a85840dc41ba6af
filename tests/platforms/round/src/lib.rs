//! Plugins of one third party.

#![no_std]
#![forbid(unsafe_code)]

use plugin_core::{IPlugin, plugin};
use shape::{IClock, IShape, ISolid};

pub struct Round {
    faces: u32,
}

impl IShape for Round {
    fn sides(&self) -> u32 {
        0
    }
}

impl ISolid for Round {
    fn faces(&self, extra: u32) -> u32 {
        self.faces + extra
    }
}

/// A line around a point.
#[plugin(IPlugin, IShape, name = "circle")]
pub static CIRCLE: Round = Round { faces: 0 };

mod private {
    use super::*;

    #[plugin(IPlugin, IShape, ISolid, name = "ball", priority = 10)]
    #[tag(bounces = "yes")]
    static BALL: Round = Round { faces: 1 };
}

pub struct Clock(u64);

impl IClock for Clock {
    fn now(&self) -> u64 {
        self.0
    }
}

#[plugin(IClock, name = "stopped", priority = -10)]
static STOPPED: Clock = Clock(0);
