use proc_macro2::TokenStream;
use quote::quote;

use crate::compilation;

/// Keeps an impl out of what the compiler recommends, where that attribute can be named.
pub(super) fn do_not_recommend() -> Option<TokenStream> {
    compilation::has_prelude().then(|| quote!(#[diagnostic::do_not_recommend]))
}
