macro_rules! plugins {
    ($interface:path: $($name:ident = $value:expr),*) => {
        $(
            #[plugin_core::plugin($interface)]
            static $name: u8 = $value;
        )*
    };
}

#[plugin_core::interface]
pub trait IShape {}

impl IShape for u8 {}

plugins!(crate::IShape: ONE = 1, TWO = 2);

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IShape>().len(), 2);
}
