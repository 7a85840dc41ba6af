//! A function that is a plugin: its object is a pointer to it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{ParseStream, Result};
use syn::{
    Error, FnArg, GenericParam, LifetimeParam, LitStr, ReturnType, Safety, Signature, Token, Type,
};

/// Whether a function comes next, as far as its first words tell.
pub(super) fn is_function(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let words = || -> Result<()> {
        ahead.parse::<Option<Token![const]>>()?;
        ahead.parse::<Option<Token![async]>>()?;
        ahead.parse::<Option<Token![unsafe]>>()?;
        if ahead.parse::<Option<Token![extern]>>()?.is_some() {
            ahead.parse::<Option<LitStr>>()?;
        }
        ahead.parse::<Token![fn]>()?;
        Ok(())
    };
    words().is_ok()
}

// fn edit(context: &mut Context) -> Result<()>
/// The name, and the type of a pointer to the function.
pub(super) fn function(input: ParseStream<'_>) -> Result<(Ident, TokenStream)> {
    let sig: Signature = input.parse()?;
    refuse(&sig)?;
    let lifetimes = sig.generics.lifetimes().map(|param| &param.lifetime);
    let inputs = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => {
            let cfgs = input
                .attrs
                .iter()
                .filter(|attr| attr.path().is_ident("cfg"));
            let ty = &input.ty;
            Some(quote!(#(#cfgs)* #ty))
        }
        FnArg::Receiver(_) => None,
    });
    let safety = match &sig.safety {
        Safety::Unsafe(word) => Some(word),
        _ => None,
    };
    let (abi, output) = (&sig.abi, &sig.output);
    let ty = quote!(for<#(#lifetimes),*> #safety #abi fn(#(#inputs),*) #output);
    Ok((sig.ident, ty))
}

/// What has no pointer that could be written down.
fn refuse(sig: &Signature) -> Result<()> {
    let wrong = |tokens: TokenStream, message: &str| Err(Error::new_spanned(tokens, message));
    if let Some(asyncness) = sig.asyncness {
        return wrong(
            asyncness.to_token_stream(),
            "an `async fn` cannot be a plugin: its return type has no name\n\
             help: write a `fn` that returns a `Pin<Box<dyn Future<Output = …> + Send>>`",
        );
    }
    if let Some(receiver) = sig.receiver() {
        return wrong(
            receiver.to_token_stream(),
            "a method cannot be a plugin\nhelp: write a function outside of the `impl`, without `self`",
        );
    }
    for param in &sig.generics.params {
        match param {
            GenericParam::Lifetime(LifetimeParam { bounds, .. }) if bounds.is_empty() => {}
            GenericParam::Lifetime(_) => {
                return wrong(
                    param.to_token_stream(),
                    "a function whose lifetimes have bounds cannot be a plugin\n\
                     help: remove the bounds: the function's types imply them",
                );
            }
            _ => {
                return wrong(
                    param.to_token_stream(),
                    "a generic function cannot be a plugin\n\
                     help: put `#[plugin]` on a function with concrete types that calls it",
                );
            }
        }
    }
    if let Some(clause) = &sig.generics.where_clause {
        return wrong(
            clause.where_token.to_token_stream(),
            "a function with a `where` clause cannot be a plugin\nhelp: remove the clause",
        );
    }
    let taken = sig.inputs.iter().find_map(|input| match input {
        FnArg::Typed(input) => impl_trait(&input.ty),
        FnArg::Receiver(_) => None,
    });
    if let Some(ty) = taken {
        return wrong(
            ty,
            "a function that takes an `impl Trait` cannot be a plugin\nhelp: take a `&dyn Trait`",
        );
    }
    if let Some(variadic) = &sig.variadic {
        return wrong(
            variadic.to_token_stream(),
            "a variadic function cannot be a plugin\nhelp: take a slice",
        );
    }
    let returned = match &sig.output {
        ReturnType::Type(_, ty) => impl_trait(ty),
        ReturnType::Default => None,
    };
    if let Some(ty) = returned {
        return wrong(
            ty,
            "a function that returns an `impl Trait` cannot be a plugin\n\
             help: return a `Box<dyn Trait>`",
        );
    }
    Ok(())
}

/// The type, if there is an `impl Trait` in it.
fn impl_trait(ty: &Type) -> Option<TokenStream> {
    fn is_in(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(word) => word == "impl",
            TokenTree::Group(group) => is_in(group.stream()),
            _ => false,
        })
    }
    let tokens = ty.to_token_stream();
    is_in(tokens.clone()).then_some(tokens)
}
