use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::interface::short;
use crate::compilation::Compilation;

/// A name for a section of plugin-core's own, which no other copy of plugin-core has: `m alias …`
/// becomes `m! { NAME "SHORT" as alias … }`.
pub(crate) fn section(compilation: &Compilation, section: TokenStream) -> TokenStream {
    let mut section = section.into_iter();
    let (declare, alias) = (section.next(), section.next());
    let text = alias.as_ref().map_or_else(String::new, ToString::to_string);
    let name = compilation.slot_identifier(&text);
    let short = short(&name);
    let name = Ident::new(&name, Span::call_site());
    let rest: TokenStream = section.collect();
    quote!(#declare! { #name #short as #alias #rest })
}
