use plugin_core::interface;

#[interface(configured(tag = ""))]
pub trait IShape {}

fn main() {}
