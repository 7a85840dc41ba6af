// 2 mistakes
use plugin_core::interface;

const RED: &str = "red";

#[interface]
#[tag(colour = RED)]
#[tag(corners = 4)]
pub trait IShape {}

fn main() {}
