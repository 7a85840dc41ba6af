//! Plugins in the forms that they can have.

use std::sync::LazyLock;

use interface::{INumber, IRenamed as Alias};
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, INumber, interface::IText, name = "public", priority = 1)]
pub static PUBLIC: u32 = 1;

#[plugin(INumber, Alias, IPlugin)]
static PRIVATE: u32 = 2;

#[plugin(IPlugin, INumber)]
static LAZY: LazyLock<u32> = LazyLock::new(|| 3);

#[plugin(IPlugin, INumber)]
pub struct Unit;

impl INumber for Unit {
    fn number(&self) -> u32 {
        4
    }
}

mod nested {
    use interface::*;

    #[plugin_core::plugin(plugin_core::IPlugin, self::INumber)]
    static NESTED: u32 = 5;
}

const _: () = {
    #[plugin(IPlugin, ::interface::INumber)]
    static IN_CONST: u32 = 6;
};

pub fn never_called() {
    #[plugin(IPlugin, INumber)]
    static IN_FUNCTION: u32 = 7;
}

macro_rules! register {
    ($name:ident: $interface:path = $value:expr) => {
        #[plugin(IPlugin, $interface)]
        static $name: u32 = $value;
    };
}

register!(BY_MACRO: interface::INumber = 8);

#[plugin(IPlugin, INumber)]
#[cfg(any())]
static CONFIGURED_OUT: u32 = 9;

#[plugin(IPlugin, old::IMaterial, new::IMaterial, name = "both")]
static BOTH: Both = Both;

struct Both;

impl old::IMaterial for Both {
    fn version(&self) -> u32 {
        10
    }
}

impl new::IMaterial for Both {
    fn version(&self) -> u32 {
        20
    }
}
