use proc_macro2::TokenStream;
use quote::quote;

use crate::compilation::Compilation;

/// The macro of an interface, for other crates too. A crate of procedural macros exports nothing else.
pub(crate) fn exported(compilation: &Compilation, item: TokenStream) -> TokenStream {
    if compilation.crate_types().any(|ty| ty == "proc-macro") {
        quote!(#[allow(unused_macros)] #item)
    } else {
        quote!(#[macro_export] #item)
    }
}
