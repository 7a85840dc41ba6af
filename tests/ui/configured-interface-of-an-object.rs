use plugin_core::{Configured, interface};

#[interface]
pub trait IShape {}

#[derive(serde::Deserialize)]
struct Config {
    _shape: Configured<dyn IShape>,
}

fn main() {}
