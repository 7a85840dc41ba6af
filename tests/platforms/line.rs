//! The program's own plugin.

use plugin_core::{IPlugin, plugin};
use shape::IShape;

struct Line;

impl IShape for Line {
    fn sides(&self) -> u32 {
        1
    }
}

#[plugin(IPlugin, IShape, name = "line", priority = 5)]
static LINE: Line = Line;
