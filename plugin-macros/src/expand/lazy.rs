use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::{
    FnArg, GenericParam, Ident, ItemTrait, Receiver, Signature, TraitItem, TraitItemFn, Type,
    WherePredicate,
};

use super::handed_on::HandedOn;
use super::{advice, allow_deprecated, as_generated};
use crate::ast::{InterfaceSettings, is_self, needs_sized};

/// `impl Trait for LazyLock<T>`, so that a plugin may be made on its first use.
///
/// Left out where a member cannot be handed on: one that takes more than `&self`, is unsafe, or
/// speaks of `Self`.
pub(super) fn implementation(
    settings: &InterfaceSettings,
    item: &ItemTrait,
) -> Option<TokenStream> {
    let krate = &settings.krate;
    let implementation = handed_on(settings, item, None, &format_ident!("LazyLock"))?;
    Some(quote!(#krate::__private::lazy! { #implementation }))
}

/// `impl Trait for Shared<T>`, so that a static may be owned. Left out as above.
pub(super) fn shared(settings: &InterfaceSettings, item: &ItemTrait) -> Option<TokenStream> {
    let unsized_too = quote!(+ ?::core::marker::Sized);
    handed_on(settings, item, Some(unsized_too), &format_ident!("Shared"))
}

/// The impl for a type of plugin-core's, which dereferences to its argument.
fn handed_on(
    settings: &InterfaceSettings,
    item: &ItemTrait,
    unsized_too: Option<TokenStream>,
    holder: &Ident,
) -> Option<TokenStream> {
    let is_wanted = settings.lazy.as_ref().is_none_or(|lazy| lazy.value);
    if !is_wanted || !item.items.iter().all(can_be_handed_on) {
        return None;
    }
    let krate = &settings.krate;
    let ident = &item.ident;
    let bounds = &item.supertraits;
    let bounds = (!bounds.is_empty()).then(|| {
        let bounds = as_generated(bounds.to_token_stream());
        quote!(Self: #bounds,)
    });
    let clause = item
        .generics
        .where_clause
        .as_ref()
        .map(|clause| clause.predicates.to_token_stream());
    let members = item.items.iter().filter_map(|member| match member {
        TraitItem::Fn(function) if !needs_sized(&function.sig.generics) => {
            Some(method(ident, function))
        }
        _ => None,
    });
    // A member that is deprecated is no news to the member that hands it on.
    let allow = item.items.iter().find_map(|member| match member {
        TraitItem::Fn(function) => allow_deprecated(&function.attrs),
        _ => None,
    });
    let do_not_recommend = advice::do_not_recommend();
    Some(quote! {
        #allow
        #[automatically_derived]
        #do_not_recommend
        impl<TheProvider: #ident #unsized_too> #ident for #krate::__private::#holder<TheProvider>
        where
            #bounds
            #clause
        {
            #(#members)*
        }
    })
}

fn method(trait_ident: &Ident, function: &TraitItemFn) -> TokenStream {
    let name = &function.sig.ident;
    let methods = HandedOn::all(function).into_iter().map(|method| {
        let HandedOn {
            cfgs,
            sig,
            arguments,
        } = method;
        let arguments = arguments.iter().map(|argument| &argument.name);
        quote! {
            #cfgs
            #[inline]
            #sig {
                <TheProvider as #trait_ident>::#name(
                    &**self #(, #arguments)*
                )
            }
        }
    });
    methods.collect()
}

fn can_be_handed_on(item: &TraitItem) -> bool {
    match item {
        TraitItem::Fn(function) => {
            let sig = &function.sig;
            if needs_sized(&sig.generics) {
                return function.default.is_some();
            }
            // What another attribute makes of an `async fn` cannot be known.
            matches!(sig.safety, syn::Safety::Default)
                && sig.asyncness.is_none()
                && sig.abi.is_none()
                && sig.receiver().is_some_and(is_shared_reference)
                && !sig
                    .generics
                    .params
                    .iter()
                    .any(|param| matches!(param, GenericParam::Type(_)))
                && !mentions_self(sig)
        }
        _ => false,
    }
}

fn is_shared_reference(receiver: &Receiver) -> bool {
    match &receiver.kind {
        syn::ReceiverKind::Reference(_, _, mutability) => mutability.is_none(),
        syn::ReceiverKind::Typed(_, ty) => {
            matches!(&**ty, Type::Reference(ty) if is_self(&ty.elem))
        }
        _ => false,
    }
}

fn mentions_self(sig: &Signature) -> bool {
    let inputs = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => Some(input.ty.to_token_stream()),
        FnArg::Receiver(_) => None,
    });
    let predicates = sig
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    // `Self: 'a` holds for the `LazyLock` where it holds for what is in it.
    let predicates = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => Some(predicate.bounds.to_token_stream()),
        _ => None,
    });
    inputs
        .chain(predicates)
        .chain([sig.output.to_token_stream()])
        .any(contains_self)
}

fn contains_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => contains_self(group.stream()),
        _ => false,
    })
}
