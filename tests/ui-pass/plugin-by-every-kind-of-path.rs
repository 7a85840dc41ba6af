mod shapes {
    #[plugin_core::interface]
    pub trait IShape {}

    impl IShape for u8 {}

    pub mod inner {
        #[plugin_core::plugin(super::IShape)]
        static SUPER: u8 = 1;

        #[plugin_core::plugin(crate::shapes::IShape)]
        static CRATE: u8 = 2;
    }

    #[plugin_core::plugin(self::IShape)]
    static SELF: u8 = 3;
}

use shapes::IShape as Renamed;
pub use shapes::*;

#[plugin_core::plugin(Renamed)]
static RENAMED: u8 = 4;

#[plugin_core::plugin(IShape)]
static GLOB: u8 = 5;

#[plugin_core::plugin(::plugin_core::IPlugin)]
static ABSOLUTE: u8 = 6;

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IShape>().len(), 5);
    assert_eq!(plugin_core::plugins::<dyn plugin_core::IPlugin>().len(), 1);
}
