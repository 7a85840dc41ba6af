use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::unraw;
use crate::ast::Link;
use crate::compilation::{Compilation, Extern};

pub(crate) fn link(compilation: &Compilation, link: &Link) -> TokenStream {
    let krate = &link.krate;
    let is_wanted = |krate: &&Extern| {
        link.dependencies.is_empty()
            || link
                .dependencies
                .iter()
                .any(|name| unraw(name) == krate.name)
    };
    let wanted: Vec<&Extern> = compilation.dependencies().filter(is_wanted).collect();
    let externs = wanted.iter().map(|dependency| {
        let name = syn::parse_str(&dependency.name)
            .unwrap_or_else(|_| Ident::new_raw(&dependency.name, Span::call_site()));
        match dependency.dylib() {
            None => quote!(extern crate #name as _;),
            // Where its plugins are not found, there is an error that says so.
            Some(dylib) => {
                let symbol = dylib.symbol;
                quote!(#krate::__private::dylib! { extern crate #name as #symbol; })
            }
        }
    });
    // Otherwise the compiler sees to it.
    let symbols: BTreeSet<_> = wanted
        .iter()
        .filter(|_| compilation.links_what_is_used)
        .flat_map(|krate| krate.symbols())
        .collect();
    let symbols = symbols.iter();
    // It is no crate that could bring plugins.
    let names = wanted
        .iter()
        .map(|krate| krate.crate_name())
        .filter(|name| *name != "plugin_core");
    let Compilation {
        package, version, ..
    } = compilation;
    quote! {
        #krate::declare! {
            const _: () = {
                #(#externs)*
                #(#krate::__private::hold! { #symbols })*

                #krate::declare_host! {
                    #krate::__private::host(#package, #version, &[#(#names),*])
                }
            };
        }
    }
}
