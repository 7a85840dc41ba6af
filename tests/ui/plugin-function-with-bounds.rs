// 2 mistakes
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
fn edit<'a, 'b: 'a>(left: &'a str, _right: &'b str) -> &'a str {
    left
}

#[plugin(IPlugin)]
fn list()
where
    u32: Copy,
{
}

fn main() {}
