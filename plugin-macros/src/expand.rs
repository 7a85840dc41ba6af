//! What the user meant → the items that declare it. Nothing here can fail.

mod advice;
mod build;
mod dropin;
mod dylib;
mod exported;
mod handed_on;
mod interface;
mod lazy;
mod link;
mod offer;
mod plugin;
mod section;
mod shape;
mod signature;
mod since;
mod way_in;

pub(crate) use self::build::build;
pub(crate) use self::dropin::dropin;
pub(crate) use self::dylib::dylib;
pub(crate) use self::exported::exported;
pub(crate) use self::interface::interface;
pub(crate) use self::link::link;
pub(crate) use self::plugin::plugin;
pub(crate) use self::section::section;
pub(crate) use self::shape::{derived, plain};
pub(crate) use self::since::since;
pub(crate) use self::way_in::no_interface;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Path};

use crate::ast::{DocPart, Docs, Tag};

/// An expression for the text of a doc comment.
fn docs(krate: &Path, docs: &Docs) -> TokenStream {
    if docs.parts.is_empty() {
        return quote!("");
    }
    let parts = docs.parts.iter().enumerate().map(|(index, part)| {
        let newline = (index > 0).then(|| quote!("\n",));
        match part {
            DocPart::Text(text) => quote!(#newline #text),
            DocPart::Expr(expr) => quote!(#newline #expr),
        }
    });
    quote!(#krate::__private::docs!(#(#parts),*))
}

fn tags(krate: &Path, tags: &[Tag]) -> TokenStream {
    let tags = tags.iter().map(|Tag { key, value }| {
        let key = unraw(key);
        quote!(#krate::__private::tag(#key, #value))
    });
    quote!(&[#(#tags),*])
}

fn unraw(ident: &syn::Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

fn cfgs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg"))
}

/// What is deprecated for its users is not so for the code that declares it.
fn allow_deprecated(attrs: &[Attribute]) -> Option<TokenStream> {
    let deprecated = attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
    deprecated.then(|| quote!(#[allow(deprecated)]))
}

/// The tokens where they are, but as if the macro had written them: lints then leave them alone.
pub(crate) fn as_generated(tokens: TokenStream) -> TokenStream {
    respan(tokens, |span| span.resolved_at(Span::call_site()))
}

/// The tokens as if they were written elsewhere, for what the compiler has to say of them.
fn located_at(tokens: TokenStream, span: Span) -> TokenStream {
    respan(tokens, |_| span)
}

fn respan(tokens: TokenStream, change: impl Fn(Span) -> Span + Copy) -> TokenStream {
    let respan_tree = |mut tree: TokenTree| {
        let span = change(tree.span());
        if let TokenTree::Group(group) = &tree {
            tree = Group::new(group.delimiter(), respan(group.stream(), change)).into();
        }
        tree.set_span(span);
        tree
    };
    tokens.into_iter().map(respan_tree).collect()
}
