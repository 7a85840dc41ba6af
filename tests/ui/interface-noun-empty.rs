use plugin_core::interface;

#[interface(noun = "")]
pub trait ILight {}

fn main() {}
