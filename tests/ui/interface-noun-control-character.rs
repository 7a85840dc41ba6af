use plugin_core::interface;

#[interface(noun = "light\nsource")]
pub trait ILight {}

fn main() {}
