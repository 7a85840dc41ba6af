use plugin_core::{Configured, interface};

#[interface]
pub trait IShape {}

struct Config {
    _shape: Configured<dyn IShape>,
}

fn main() {}
