// 6 mistakes
use plugin_core::interface;

#[interface]
#[tag]
#[tag()]
#[tag = "red"]
#[tag("red")]
#[tag(colour)]
#[tag(colour = "red", shape = "round")]
pub trait IShape {}

fn main() {}
