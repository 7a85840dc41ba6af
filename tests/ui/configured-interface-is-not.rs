use plugin_core::interface;

#[interface]
pub trait IShape {}

fn main() {
    plugin_core::configurables::<dyn IShape>();
}
