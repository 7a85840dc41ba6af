use proc_macro2::TokenStream;
use quote::quote;

use crate::compilation::Compilation;

/// The macro of an interface, for other crates too, where they can have it.
pub(crate) fn exported(compilation: &Compilation, item: TokenStream) -> TokenStream {
    if compilation.exports_macros_only() {
        quote!(#[allow(unused_macros)] #item)
    } else {
        quote!(#[macro_export] #item)
    }
}
