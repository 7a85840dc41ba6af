#[plugin_core::interface]
pub trait IÖffnung {}

impl IÖffnung for () {}

#[plugin_core::plugin(IÖffnung)]
static TÜR: () = ();

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IÖffnung>()[0].info.name(), "TÜR");
}
