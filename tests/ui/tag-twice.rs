use plugin_core::interface;

#[interface]
#[tag(colour = "red")]
#[tag(colour = "blue")]
pub trait IShape {}

fn main() {}
