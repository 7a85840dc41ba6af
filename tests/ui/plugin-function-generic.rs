// 2 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
fn edit<T>(_: T) {}

#[plugin(IPlugin)]
fn count<const N: usize>() {}

fn main() {}
