use std::cell::Cell;

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static COUNTER: Cell<u32> = Cell::new(0);

fn main() {}
