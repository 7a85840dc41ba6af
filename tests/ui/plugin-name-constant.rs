// 3 mistakes
use plugin_core::{IPlugin, plugin};

const EMPTY: &str = "";
const TAB: &str = "a\tb";

#[plugin(IPlugin, name = EMPTY)]
static ONE: u32 = 1;

#[plugin(IPlugin, name = concat!("steel", " "))]
static TWO: u32 = 2;

#[plugin(IPlugin, id = TAB)]
static THREE: u32 = 3;

fn main() {}
