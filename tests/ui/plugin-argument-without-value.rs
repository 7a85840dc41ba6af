// 6 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, name)]
static ONE: u32 = 1;

#[plugin(IPlugin, name("two"))]
static TWO: u32 = 2;

#[plugin(IPlugin, name: "three", crate)]
static THREE: u32 = 3;

#[plugin(IPlugin, priority(4), id)]
static FOUR: u32 = 4;

fn main() {}
