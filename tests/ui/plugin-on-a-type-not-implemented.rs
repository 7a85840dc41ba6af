// 2 mistakes
use plugin_core::{interface, plugin};

#[interface(configured)]
pub trait IShape {}

#[plugin(IShape)]
#[derive(serde::Deserialize)]
struct Square {
    side: u32,
}

#[plugin(IShape)]
struct Point;

fn main() {}
