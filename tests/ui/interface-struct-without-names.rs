// 2 mistakes
use plugin_core::interface;

#[interface]
pub struct Route(pub &'static str);

#[interface]
pub struct Marker;

fn main() {}
