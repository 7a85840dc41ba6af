use plugin_core::{Plugin, interface};

#[interface]
pub trait IShape {}

pub struct Square;

fn main() {
    let _ = Plugin::<dyn IShape>::for_test("square", &Square);
}
