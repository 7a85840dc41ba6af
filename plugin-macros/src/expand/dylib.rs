use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Path;

use crate::compilation::Compilation;

/// Once in a crate: what says that plugins are lost in Rust `dylib`s, where `plugin-core` does not
/// look for them there; and by what a program holds this one.
pub(crate) fn dylib(compilation: &Compilation, krate: &Path) -> TokenStream {
    static ASKED: AtomicBool = AtomicBool::new(false);
    if ASKED.swap(true, Ordering::Relaxed) {
        return TokenStream::new();
    }
    let mut messages = Vec::new();
    let mut symbol = None;
    if let Some(name) = &compilation.dylib {
        let name = Ident::new(name, Span::call_site());
        symbol = Some(quote!(#krate::declare! { #krate::__private::dylib! { static #name; } }));
        messages.push("this crate is a Rust `dylib`: its plugins would not be found".to_owned());
    }
    for dependency in compilation.dependencies() {
        if dependency.dylib().is_some_and(|dylib| dylib.has_plugins) {
            messages.push(format!(
                "`{}` is a Rust `dylib`: plugins would not be found across it",
                dependency.name
            ));
        }
    }
    let messages = messages.iter().map(|message| {
        format!(
            "{message}\nhelp: enable the feature `dylib` of plugin-core, or build an `rlib` instead"
        )
    });
    quote!(#symbol #(#krate::declare! { #krate::__private::dylib! { #messages } })*)
}
