//! What can still be declared of an item that is refused, so that it causes no other errors.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Error, Token, TraitItem, WherePredicate, parse_quote};

use crate::ast::{Declared, Interface, MOST_INTERFACES, Plugin, needs_sized};
use crate::check::object;

/// An interface that can be declared: what its objects cannot have is kept out of them.
///
/// `None` where that cannot be done.
pub(crate) fn interface(mut interface: Interface) -> Option<Interface> {
    if !interface.item.generics().params.is_empty() {
        return None;
    }
    let settings = &mut interface.settings;
    // It may be none that an identifier could have.
    settings.slot = None;
    let Declared::Trait(item) = &mut interface.item else {
        settings.configured = None;
        return Some(interface);
    };
    if item.modifiers.auto_token.is_some() {
        return None;
    }
    if needs_sized(&item.generics) {
        item.generics.where_clause = None;
    }
    let kept = item
        .supertraits
        .iter()
        .filter(|bound| object::sized_supertrait(bound).is_none());
    item.supertraits = kept.cloned().collect();
    let whole = item.clone();
    for member in &mut item.items {
        let is_right = object::obstacle(settings, &whole, member).is_none();
        if is_right && !has_an_associated_type(member) {
            continue;
        }
        let sized: WherePredicate = parse_quote!(Self: Sized);
        match member {
            TraitItem::Fn(function) => function
                .sig
                .generics
                .make_where_clause()
                .predicates
                .push(sized),
            TraitItem::Type(ty) => ty.generics.make_where_clause().predicates.push(sized),
            _ => return None,
        }
    }
    Some(interface)
}

/// Whether a method speaks of `Self::Type`.
fn has_an_associated_type(member: &TraitItem) -> bool {
    fn is_in(tokens: TokenStream) -> bool {
        let mut before = None;
        tokens.into_iter().any(|tree| {
            let is_path = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':');
            let is_self = matches!(&before, Some(TokenTree::Ident(word)) if word == "Self");
            let inside = matches!(&tree, TokenTree::Group(group) if is_in(group.stream()));
            before = Some(tree);
            is_path && is_self || inside
        })
    }
    match member {
        TraitItem::Fn(function) => {
            let sig = &function.sig;
            is_in(quote!(#sig)) && !needs_sized(&sig.generics)
        }
        _ => false,
    }
}

/// A trait without the members that are still being typed.
pub(crate) fn without_half_members(item: TokenStream) -> Option<TokenStream> {
    let mut trees: Vec<TokenTree> = item.into_iter().collect();
    let Some(TokenTree::Group(members)) = trees.pop() else {
        return None;
    };
    let whole = whole_members.parse2(members.stream()).ok()?;
    let mut members_left = Group::new(members.delimiter(), whole);
    members_left.set_span(members.span());
    trees.push(members_left.into());
    Some(trees.into_iter().collect())
}

fn whole_members(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut whole = TokenStream::new();
    while !input.is_empty() {
        if input.fork().parse::<TraitItem>().is_ok() {
            input.parse::<TraitItem>()?.to_tokens(&mut whole);
        } else {
            skip_member(input)?;
        }
    }
    Ok(whole)
}

/// All up to where a member ends, or another one begins.
fn skip_member(input: ParseStream<'_>) -> Result<()> {
    input.parse::<Option<Token![pub]>>()?;
    loop {
        let last: TokenTree = input.parse()?;
        let is_end = match last {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        let begins = input.peek(Token![fn]) || input.peek(Token![pub]) || input.peek(Token![#]);
        if is_end || begins || input.is_empty() {
            return Ok(());
        }
    }
}

/// The item itself, and the macro that each interface is too: so that the plugins of an interface that
/// cannot be declared have no errors of their own.
pub(crate) fn refused_interface(item: TokenStream) -> TokenStream {
    let way_in = declared_name(&item).map(|name| {
        let refused = format_ident!("__plugin_refused_{}", name.unraw());
        quote! {
            #[allow(unused_macros)]
            macro_rules! #refused {
                ($($plugin:tt)*) => { ((),) };
            }
            #[allow(unused_imports)]
            pub(crate) use #refused as #name;
        }
    });
    let item = self::item(item);
    quote!(#item #way_in)
}

/// What the item declares, where that can be read.
fn declared_name(item: &TokenStream) -> Option<Ident> {
    let mut tokens = item.clone().into_iter();
    tokens.find(
        |tree| matches!(tree, TokenTree::Ident(word) if word == "trait" || word == "struct"),
    )?;
    match tokens.next() {
        Some(TokenTree::Ident(name)) => Some(name),
        _ => None,
    }
}

/// A plugin that can be declared: under each of its interfaces once, and not under too many.
pub(crate) fn plugin(mut plugin: Plugin) -> Plugin {
    let mut seen = HashSet::new();
    plugin
        .interfaces
        .retain(|path| seen.insert(path.to_token_stream().to_string()));
    plugin.interfaces.truncate(MOST_INTERFACES);
    plugin
}

/// The item itself, without the attributes that are ours and would have errors of their own.
pub(crate) fn item(item: TokenStream) -> TokenStream {
    without_marks(item, Members::Too)
}

pub(crate) fn attribute(item: TokenStream) -> TokenStream {
    out_of_place(
        item,
        "`#[attribute]` is only read by `#[interface]`, on a getter of its trait\n\
         help: write it there, as `#[attribute]`, without a path or `cfg_attr`",
    )
}

pub(crate) fn tag(item: TokenStream) -> TokenStream {
    out_of_place(
        item,
        "`#[tag]` is only read by `#[interface]` and `#[plugin]`\n\
         help: write it below one of them, as `#[tag(key = \"value\")]`, without a path or `cfg_attr`",
    )
}

fn out_of_place(item: TokenStream, message: &str) -> TokenStream {
    let error = Error::new(Span::call_site(), message).to_compile_error();
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
