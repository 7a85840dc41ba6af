// 2 mistakes
// A mistake that has nothing to do with plugins is not explained by way of them.
use plugin_core as _;
use plugin_core::plugin;

#[plugin(plugin_core::IPlugin)]
static ONE: u32 = 1;

static NUMBER: u32 = "1".parse().unwrap();

fn main() {}
