// 3 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, name = " ")]
static BLANK: u32 = 1;

#[plugin(IPlugin, name = "steel ")]
static STEEL: u32 = 2;

#[plugin(IPlugin, id = "\u{a0}steel")]
static BRASS: u32 = 2;

fn main() {}
