use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::located_at;
use crate::ast::Link;
use crate::compilation::{Compilation, Named};

/// `named` are the plugins of the crates that it names.
pub(crate) fn dropin(compilation: &Compilation, dropin: &Link, named: &[Named]) -> TokenStream {
    let krate = &dropin.krate;
    let externs = named.iter().map(|named| {
        let name = &named.name;
        quote!(extern crate #name as _;)
    });
    if !compilation.is_cdylib() {
        // What the tests of the crate find is what it offers.
        return quote!(const _: () = { #(#externs)* };);
    }
    let Compilation {
        package, version, ..
    } = compilation;
    let flags = Compilation::flags();
    let mut checks = TokenStream::new();
    let mut infos = TokenStream::new();
    for (index, named) in named.iter().enumerate() {
        let span = named.name.span().resolved_at(Span::call_site());
        let private = located_at(quote!(#krate::__private::dropin), span);
        let of_crate = Ident::new(&format!("__PLUGINS_OF_{index}"), Span::call_site());
        let message = named.refusal();
        let keys = &named.keys;
        let count = keys.len();
        checks.extend(quote_spanned! {span=>
            const #of_crate: [#private::Known; #count] =
                [#(<#private::Offered<#keys> as #private::Offer<_>>::PLUGIN),*];
            const _: () = #private::check_named(&#of_crate, #message);
        });
        let index = 0..count;
        infos.extend(quote!(#(#of_crate[#index],)*));
    }
    quote! {
        #krate::declare! {
            const _: () = {
                #(#externs)*
                #checks
                #krate::declare_library! { #package, #version, #flags, [#infos] }
            };
        }
    }
}
