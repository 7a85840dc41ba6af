// 2 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
fn edit(_: &impl Send) {}

#[plugin(IPlugin)]
fn list() -> Option<impl Send> {
    Some(1)
}

fn main() {}
