use plugin_core::interface;

#[interface]
pub enum Shape {
    Round,
}

fn main() {}
