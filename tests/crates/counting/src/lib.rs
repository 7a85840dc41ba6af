//! Procedural macros that find plugins of their own crate.

#![deny(warnings)]

use plugin_core::{Configured, IPlugin, interface, plugin, plugins};
use proc_macro::{Ident, TokenStream, TokenTree};
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

/// Copies the first attribute below it to a struct and an impl, as those do that make doubles for tests.
#[proc_macro_attribute]
pub fn doubled(_: TokenStream, item: TokenStream) -> TokenStream {
    let copied = || item.clone().into_iter().take(2);
    let name = item
        .clone()
        .into_iter()
        .skip_while(|tree| tree.to_string() != "trait")
        .nth(1);
    let Some(TokenTree::Ident(name)) = name else {
        return item;
    };
    let double = Ident::new(&format!("Double{name}"), name.span());
    let parsed = |text: &str| text.parse::<TokenStream>().unwrap_or_default();
    let named = |before: &str, after: &str| {
        let name = TokenStream::from(TokenTree::Ident(double.clone()));
        copied()
            .chain(parsed(before))
            .chain(name)
            .chain(parsed(after))
            .collect::<Vec<_>>()
    };
    let structure = named("pub struct", "{ pub calls: u32 }");
    let implementation = named("impl", "{ pub fn calls(&self) -> u32 { self.calls } }");
    item.clone()
        .into_iter()
        .chain(structure)
        .chain(implementation)
        .collect()
}

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
