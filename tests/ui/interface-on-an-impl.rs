use plugin_core::interface;

pub struct Square;

#[interface]
impl Square {}

fn main() {}
