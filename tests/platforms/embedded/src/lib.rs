//! A library for a program that is not written in Rust.

use plugin_core::{IPlugin, plugin};
use shape::IShape;

plugin_core::link_plugins!();

struct Line;

impl IShape for Line {
    fn sides(&self) -> u32 {
        1
    }
}

// In the module of what the program calls: a linker takes nothing else of this crate.
#[plugin(IPlugin, IShape, name = "line", priority = 5)]
static LINE: Line = Line;

// SAFETY: nobody else calls a function so.
#[unsafe(no_mangle)]
pub extern "C" fn plugin_platforms_report() {
    let mut text = String::new();
    report::write(&mut text).unwrap();
    print!("{text}");
}
