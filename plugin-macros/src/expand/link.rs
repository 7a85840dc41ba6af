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
    let externs = wanted.iter().map(|krate| {
        let name = syn::parse_str(&krate.name)
            .unwrap_or_else(|_| Ident::new_raw(&krate.name, Span::call_site()));
        quote!(extern crate #name as _;)
    });
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

                #krate::declare_host! {
                    #krate::__private::host(#package, #version, &[#(#names),*])
                }
            };
        }
    }
}
