use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::DropIn;
use crate::compilation::Compilation;

pub(crate) fn dropin(compilation: &Compilation, dropin: &DropIn) -> TokenStream {
    let krate = &dropin.krate;
    let Compilation {
        package, version, ..
    } = compilation;
    let flags = Compilation::flags();
    if !compilation.is_cdylib() {
        return TokenStream::new();
    }
    quote! {
        #krate::declare_library! { #package, #version, #flags }
    }
}
