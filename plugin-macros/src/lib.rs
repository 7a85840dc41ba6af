//! The macros of `plugin-core`: depend on that crate, which documents them.

#![forbid(unsafe_code)]

mod ast;
mod check;
mod compilation;
mod errors;
mod expand;
mod fallback;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::compilation::{Build, Compilation};
use self::errors::Errors;

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn interface(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand_interface(args.into(), item.into()).into()
}

fn expand_interface(args: TokenStream, item: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let interface = parse::interface(&compilation, args.clone(), item.clone(), &mut errors);
    let interface = interface.or_else(|| {
        let item = fallback::without_half_members(item.clone())?;
        parse::interface(&compilation, args, item, &mut Errors::default())
    });
    let Some(mut interface) = interface else {
        let item = fallback::refused_interface(item);
        return quote!(#errors #item);
    };
    check::interface(&interface, &mut errors);
    check::foreign(&compilation, &interface.settings.foreign, &mut errors);
    if !errors.is_empty() {
        let Some(declarable) = fallback::interface(interface) else {
            let item = fallback::refused_interface(item);
            return quote!(#errors #item);
        };
        interface = declarable;
    }
    let expanded = expand::interface(&compilation, &interface);
    let dylib = expand::dylib(&compilation, &interface.settings.krate);
    quote!(#errors #expanded #dylib)
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn plugin(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand_plugin(args.into(), item.into()).into()
}

fn expand_plugin(args: TokenStream, item: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let Some(mut plugin) = parse::plugin(&compilation, args, item.clone(), &mut errors) else {
        let item = fallback::item(item);
        return quote!(#errors #item);
    };
    check::plugin(&plugin, &mut errors);
    if !errors.is_empty() {
        plugin = fallback::plugin(plugin);
    }
    let expanded = expand::plugin(&compilation, &plugin);
    quote!(#errors #expanded)
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_derive(Shape, attributes(shape))]
pub fn derive_shape(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_derived(item.into()).into()
}

fn expand_derived(item: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let Some(derived) = parse::derived(&compilation, item, &mut errors) else {
        return quote!(#errors);
    };
    check::foreign(&compilation, &derived.foreign, &mut errors);
    let expanded = expand::derived(&compilation, &derived);
    quote!(#errors #expanded)
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn shape(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand_shape(args.into(), item.into()).into()
}

fn expand_shape(args: TokenStream, item: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let Some(plain) = parse::plain_trait(&compilation, args, item.clone(), &mut errors) else {
        return quote!(#errors #item);
    };
    check::foreign(&compilation, &plain.foreign, &mut errors);
    let expanded = expand::plain(&compilation, &plain);
    quote!(#errors #expanded)
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro]
pub fn link_plugins(args: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_link_plugins(args.into()).into()
}

fn expand_link_plugins(args: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let Some(link) = parse::link(&compilation, args, &mut errors) else {
        return quote!(#errors);
    };
    check::link(&compilation, &link, &mut errors);
    let held = check::held(&compilation, &link, &mut errors);
    let expanded = expand::link(&compilation, &link, &held);
    let dylib = expand::dylib(&compilation, &link.krate);
    quote!(#errors #expanded #dylib)
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro]
pub fn dropin(args: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_dropin(args.into()).into()
}

fn expand_dropin(args: TokenStream) -> TokenStream {
    let compilation = Compilation::current();
    let mut errors = Errors::default();
    let Some(dropin) = parse::dropin(&compilation, args, &mut errors) else {
        return quote!(#errors);
    };
    check::dropin(&compilation, &dropin, &mut errors);
    let named = check::named(&compilation, &dropin, &mut errors);
    if !errors.is_empty() {
        return quote!(#errors);
    }
    expand::dropin(&compilation, &dropin, &named)
}

// Not public API: used by plugin-core itself.
#[doc(hidden)]
#[allow(missing_docs)]
#[proc_macro]
pub fn build(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::build(&Build::current()).into()
}

// Not public API: used by plugin-core itself.
#[doc(hidden)]
#[allow(missing_docs)]
#[proc_macro]
pub fn since(choice: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::since(&Build::current(), choice.into()).into()
}

// Not public API: used by plugin-core itself.
#[doc(hidden)]
#[allow(missing_docs)]
#[proc_macro]
pub fn section(section: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::section(&Compilation::current(), section.into()).into()
}

// Not public API: used by plugin-core itself.
#[doc(hidden)]
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn exported(
    _: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand::exported(&Compilation::current(), item.into()).into()
}

// Not public API: what is called where a plugin's interface is none.
#[doc(hidden)]
#[allow(missing_docs)]
#[proc_macro]
pub fn no_interface(asked: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::no_interface(asked.into()).into()
}

// Documented where plugin-core re-exports it. `#[interface]` takes it out of its trait: where it
// is expanded, it is out of place.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn attribute(
    _: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    fallback::attribute(item.into()).into()
}

// Documented where plugin-core re-exports it. `#[interface]` and `#[plugin]` take it out of their
// items: where it is expanded, it is out of place.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn tag(_: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    fallback::tag(item.into()).into()
}
