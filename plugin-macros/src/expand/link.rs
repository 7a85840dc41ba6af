use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ast::Link;
use crate::compilation::Compilation;

/// `held` are the symbols that the linker is to be told of.
pub(crate) fn link(compilation: &Compilation, link: &Link, held: &BTreeSet<String>) -> TokenStream {
    let krate = &link.krate;
    let wanted = compilation.named(&link.dependencies);
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
    let held = held.iter();
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
                #(#krate::__private::hold! { #held })*

                #krate::declare_host! {
                    #krate::__private::host(#package, #version, &[#(#names),*])
                }
            };
        }
    }
}
