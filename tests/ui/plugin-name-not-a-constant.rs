// 2 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, name = String::from("steel").leak())]
static STEEL: u32 = 1;

fn main() {}
