//! What is left of an item that is refused: the item itself, without the attributes that are ours.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::Error;

pub(crate) fn interface(item: TokenStream, error: &Error) -> TokenStream {
    let error = error.to_compile_error();
    let item = without_marks(item, Members::Too);
    quote!(#error #item)
}

pub(crate) fn plugin(item: TokenStream, error: &Error) -> TokenStream {
    let error = error.to_compile_error();
    let item = without_marks(item, Members::No);
    quote!(#error #item)
}

#[derive(Clone, Copy, PartialEq)]
enum Members {
    Too,
    No,
}

/// Takes out `#[attribute]` and `#[tag(…)]`, which would have errors of their own.
///
/// It works on tokens, since the item may be one that cannot be parsed.
fn without_marks(tokens: TokenStream, members: Members) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) if is_mark(&group) && ends_with_pound(&kept) => {
                kept.pop();
            }
            TokenTree::Group(group)
                if members == Members::Too && group.delimiter() == Delimiter::Brace =>
            {
                let inner = without_marks(group.stream(), Members::No);
                let mut stripped = Group::new(Delimiter::Brace, inner);
                stripped.set_span(group.span());
                kept.push(stripped.into());
            }
            tree => kept.push(tree),
        }
    }
    kept.into_iter().collect()
}

fn ends_with_pound(kept: &[TokenTree]) -> bool {
    matches!(kept.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#')
}

fn is_mark(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket
        && matches!(
            group.stream().into_iter().next(),
            Some(TokenTree::Ident(ident)) if ident == "attribute" || ident == "tag"
        )
}
