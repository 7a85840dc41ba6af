//! A program whose plugins are documented, and which shows it.

use plugin_core::{interface, plugin, plugins};

/// The first distinctive sentence is on an interface.
#[interface]
pub trait IQuiet {
    /// The second distinctive sentence is on a member.
    fn number(&self) -> u32;
}

impl IQuiet for u32 {
    fn number(&self) -> u32 {
        *self
    }
}

/// The third distinctive sentence is on a plugin.
#[plugin(IQuiet)]
static NUMBER: u32 = 7;

/// Without plugin-core's feature, this is one mistake.
#[cfg(feature = "configured")]
mod configured {
    use plugin_core::{interface, plugin};

    #[interface(configured)]
    pub trait IConfigured {}

    #[plugin(IConfigured)]
    pub struct Unit;

    impl IConfigured for Unit {}

    #[plugin(IConfigured)]
    pub struct Type {
        pub number: u32,
    }

    impl IConfigured for Type {}

    pub fn count() -> usize {
        plugin_core::plugins::<dyn IConfigured>().len()
    }
}

fn main() {
    let slot = plugin_core::slot::<dyn IQuiet>();
    println!("[{}]", slot.info().docs());
    println!("[{}]", slot.info().members()[0].docs());
    for plugin in plugins::<dyn IQuiet>() {
        println!("[{}] {}", plugin.info.docs(), plugin.number());
    }
}
