use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

impl IShape for u8 {}

const _: () = {
    #[plugin(IShape)]
    static IN_A_CONST: u8 = 1;
};

#[plugin(IShape)]
struct Unit;

impl IShape for Unit {}

fn main() {
    #[plugin(IShape)]
    static IN_A_FUNCTION: u8 = 2;

    assert_eq!(plugin_core::plugins::<dyn IShape>().len(), 3);
}
