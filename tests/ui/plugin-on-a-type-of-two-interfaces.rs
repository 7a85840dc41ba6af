// 2 mistakes
use plugin_core::{IPlugin, interface, plugin};

#[interface(configured)]
pub trait IShape {}

#[interface]
pub trait ISound {}

#[plugin(IPlugin, IShape, ISound)]
#[derive(serde::Deserialize)]
struct Bell {
    size: u32,
}

impl IShape for Bell {}

impl ISound for Bell {}

fn main() {}
