// 3 mistakes
use plugin_core::{IPlugin, plugin};

const NUMBER: u8 = 5;

#[plugin(IPlugin, name = NUMBER)]
static ONE: u32 = 1;

#[plugin(IPlugin, priority = NUMBER)]
static TWO: u32 = 2;

#[plugin(IPlugin, id = NUMBER)]
static THREE: u32 = 3;

fn main() {}
