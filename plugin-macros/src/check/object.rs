//! What keeps a trait from being made into an object, `dyn Trait`, that a slot could hold.
//!
//! The compiler would say it of `dyn Trait` wherever the expansion writes that; here it is said
//! once, of the member, with the ways out.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, GenericParam, ItemTrait, Path, Receiver, ReceiverKind, ReturnType, Signature,
    TraitItem, Type, TypeParamBound,
};

use crate::ast::{InterfaceSettings, needs_sized};
use crate::errors::Errors;

/// One reason, and the tokens to change.
pub(crate) struct Obstacle {
    pub(crate) tokens: TokenStream,
    pub(crate) message: String,
}

const LEAVE_OUT: &str = "or exclude it from trait objects with `where Self: Sized`";

/// Traits of the standard library that no object can have.
const SIZED: [&str; 9] = [
    "Sized",
    "Clone",
    "Copy",
    "Default",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
];

pub(super) fn supertraits(item: &ItemTrait, errors: &mut Errors) {
    if needs_sized(&item.generics) {
        let message = format!(
            "an interface cannot require `Self: Sized`, which `dyn {}` is not\n\
             help: remove it, or write it on the methods that hosts need not call",
            item.ident
        );
        let word = item
            .generics
            .where_clause
            .as_ref()
            .map(|clause| clause.where_token);
        errors.push_on(word, message);
    }
    for bound in &item.supertraits {
        if let Some(name) = sized_supertrait(bound) {
            let message = format!(
                "an interface cannot extend `{name}`, which `dyn {}` cannot implement\n\
                 help: remove it here, and require it in generic code: `T: {} + {name}`",
                item.ident, item.ident
            );
            errors.push_on(bound, message);
        }
    }
}

/// The name of the bound, if no object can have it.
pub(crate) fn sized_supertrait(bound: &TypeParamBound) -> Option<&'static str> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let last = bound.path.segments.last()?;
    // `PartialEq<u8>` does not speak of `Self`, as `PartialEq` does.
    let plain = bound.maybe.is_none() && last.arguments.is_none();
    SIZED.into_iter().find(|name| plain && last.ident == name)
}

/// What keeps the member from being one of an object.
pub(crate) fn obstacle(
    settings: &InterfaceSettings,
    item: &ItemTrait,
    member: &TraitItem,
) -> Option<Obstacle> {
    match member {
        TraitItem::Fn(function) if !needs_sized(&function.sig.generics) => {
            method(settings, item, &function.sig)
        }
        TraitItem::Type(ty) if !needs_sized(&ty.generics) => Some(Obstacle {
            tokens: ty.ident.to_token_stream(),
            message: format!(
                "an interface cannot have associated types\n\
                 help: write the type itself in place of `Self::{}`",
                ty.ident
            ),
        }),
        TraitItem::Const(constant) => Some(Obstacle {
            tokens: constant.ident.to_token_stream(),
            message: format!(
                "an interface cannot have constants\n\
                 help: make it an attribute: `#[attribute] fn {}(&self) -> {};`",
                constant.ident.to_string().to_lowercase(),
                constant.ty.to_token_stream()
            ),
        }),
        _ => None,
    }
}

fn method(settings: &InterfaceSettings, item: &ItemTrait, sig: &Signature) -> Option<Obstacle> {
    let name = &sig.ident;
    let found = |tokens: &dyn ToTokens, message: String| {
        Some(Obstacle {
            tokens: tokens.to_token_stream(),
            message,
        })
    };
    let dyn_trait = format!("dyn {}", item.ident);

    match sig.receiver() {
        None => {
            return found(
                name,
                format!("`{name}` does not take `&self`\nhelp: take `&self`, {LEAVE_OUT}"),
            );
        }
        Some(receiver) if matches!(receiver.kind, ReceiverKind::Value) => {
            return found(
                receiver,
                format!(
                    "`{name}` takes `self` by value, and a plugin is a static\n\
                     help: take `&self`, {LEAVE_OUT}"
                ),
            );
        }
        // What a configuration makes belongs to the host.
        Some(receiver) if is_mutable(receiver) && settings.configured.is_none() => {
            return found(
                receiver,
                format!(
                    "`{name}` takes the plugin by `&mut`, and a plugin is a static that all callers share\n\
                     help: take `&self`, and keep data that changes in a `Mutex` or an atomic, {LEAVE_OUT}"
                ),
            );
        }
        Some(_) => {}
    }
    for param in &sig.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            return found(
                param,
                format!(
                    "`{name}` is generic, which a method of `{dyn_trait}` cannot be\n\
                     help: take one type, such as `&dyn Trait`, {LEAVE_OUT}"
                ),
            );
        }
    }
    for input in &sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        if let Type::ImplTrait(ty) = &*input.ty {
            return found(
                ty,
                format!(
                    "`{name}` takes an `impl Trait`, which a method of `{dyn_trait}` cannot take\n\
                     help: take a `&dyn Trait`, {LEAVE_OUT}"
                ),
            );
        }
        if let Some(self_type) = self_type(input.ty.to_token_stream()) {
            return found(
                &self_type,
                format!(
                    "`{name}` takes a `Self`, a type that `{dyn_trait}` hides\n\
                     help: take a `&{dyn_trait}`, {LEAVE_OUT}"
                ),
            );
        }
    }
    // What another attribute makes of an `async fn`, as `#[async_trait]` does, is its own matter.
    if let (Some(asyncness), false) = (sig.asyncness, item.attrs.iter().any(is_macro)) {
        return found(
            &asyncness,
            format!(
                "`{name}` is `async`, which a method of `{dyn_trait}` cannot be\n\
                 help: return a `Pin<Box<dyn Future<…> + Send>>`, \
                 or write `#[async_trait]` below `#[interface]`"
            ),
        );
    }
    let ReturnType::Type(_, output) = &sig.output else {
        return None;
    };
    if let Type::ImplTrait(ty) = &**output {
        return found(
            ty,
            format!(
                "`{name}` returns an `impl Trait`, which a method of `{dyn_trait}` cannot return\n\
                 help: return a `Box<dyn Trait>`, {LEAVE_OUT}"
            ),
        );
    }
    let self_type = self_type(output.to_token_stream())?;
    found(
        &self_type,
        format!(
            "`{name}` returns a `Self`, a type that `{dyn_trait}` hides\n\
             help: return a `Box<{dyn_trait}>`, {LEAVE_OUT}"
        ),
    )
}

/// `&mut self`, `self: &mut Self`, `self: Pin<&mut Self>`
fn is_mutable(receiver: &Receiver) -> bool {
    fn has_mut(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(word) => word == "mut",
            TokenTree::Group(group) => has_mut(group.stream()),
            _ => false,
        })
    }
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_some(),
        ReceiverKind::Typed(_, ty) => has_mut(ty.to_token_stream()),
        _ => false,
    }
}

/// The first `Self`, as opposed to `Self::Type`.
fn self_type(tokens: TokenStream) -> Option<Ident> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        match tree {
            TokenTree::Ident(ident) if ident == "Self" => match tokens.peek() {
                Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => {}
                _ => return Some(ident),
            },
            TokenTree::Group(group) => {
                if let Some(ident) = self_type(group.stream()) {
                    return Some(ident);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether the attribute may change the item, as far as its name tells.
fn is_macro(attr: &Attribute) -> bool {
    const BUILT_IN: [&str; 13] = [
        "doc",
        "cfg",
        "cfg_attr",
        "allow",
        "expect",
        "warn",
        "deny",
        "forbid",
        "deprecated",
        "must_use",
        "diagnostic",
        "rustfmt",
        "clippy",
    ];
    let first = |path: &Path| {
        path.segments
            .first()
            .map(|segment| segment.ident.to_string())
    };
    first(attr.path()).is_none_or(|first| !BUILT_IN.contains(&first.as_str()))
}
