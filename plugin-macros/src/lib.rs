//! The macros of `plugin-core`: depend on that crate, which documents them.

#![forbid(unsafe_code)]

mod ast;
mod check;
mod compilation;
mod errors;
mod expand;
mod fallback;
mod parse;

use proc_macro2::TokenStream;
use syn::Result;

use self::compilation::Compilation;

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn interface(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let item = TokenStream::from(item);
    try_interface(args.into(), item.clone())
        .unwrap_or_else(|error| fallback::interface(item, &error))
        .into()
}

fn try_interface(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let interface = parse::interface(args, item)?;
    check::interface(&interface)?;
    Ok(expand::interface(&Compilation::current(), &interface))
}

// Documented where plugin-core re-exports it.
#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn plugin(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let item = TokenStream::from(item);
    try_plugin(args.into(), item.clone())
        .unwrap_or_else(|error| fallback::plugin(item, &error))
        .into()
}

fn try_plugin(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let plugin = parse::plugin(args, item)?;
    check::plugin(&plugin)?;
    Ok(expand::plugin(&Compilation::current(), &plugin))
}
