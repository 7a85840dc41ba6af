//! Procedural macros that find plugins of their own crate.

#![deny(warnings)]

use plugin_core::{Configured, IPlugin, interface, plugin, plugins};
use proc_macro::TokenStream;
use serde::Deserialize;

/// A private interface.
#[interface]
trait INumber {
    fn number(&self) -> u32;
}

#[allow(
    unreachable_pub,
    reason = "a crate of procedural macros exports no types"
)]
mod public {
    /// An interface for the whole crate, without plugins.
    #[plugin_core::interface]
    pub trait INothing {}

    /// Data.
    #[plugin_core::interface]
    pub(crate) struct Entry {
        pub(crate) number: u32,
    }
}

/// An interface whose plugins are made of parameters.
#[interface(configured)]
trait IMade {
    fn number(&self) -> u32;
}

#[plugin(IMade, name = "made")]
#[derive(Deserialize)]
struct Made {
    number: u32,
}

impl IMade for Made {
    fn number(&self) -> u32 {
        self.number
    }
}

#[plugin(IPlugin, INumber)]
struct One;

impl INumber for One {
    fn number(&self) -> u32 {
        1
    }
}

#[plugin(public::Entry)]
static TWO: public::Entry = public::Entry { number: 2 };

/// The numbers of all plugins.
#[proc_macro]
pub fn numbers(_: TokenStream) -> TokenStream {
    let nothing = plugins::<dyn public::INothing>().iter().map(|_| 0);
    let numbers = plugins::<dyn INumber>()
        .iter()
        .map(|plugin| plugin.number());
    let entries = plugins::<public::Entry>().iter().map(|entry| entry.number);
    let made: Result<Configured<dyn IMade>, _> = "made:number=3".parse();
    let made = made.iter().map(|made| made.number());
    let numbers: Vec<u32> = nothing.chain(numbers).chain(entries).chain(made).collect();
    format!("{numbers:?}").parse().unwrap_or_default()
}
