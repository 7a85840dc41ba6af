#[plugin_core::interface(one, slot = "CLOCKS")]
pub trait IClock {}

fn main() {
    assert!(plugin_core::slot::<dyn IClock>().info().wants_one());
}
