//! A method that hands the call on to the same method of another object.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{FnArg, Signature, TraitItemFn, Type};

use super::{as_generated, cfgs};

pub(super) struct HandedOn {
    /// It is there under these conditions.
    pub(super) cfgs: TokenStream,
    pub(super) sig: TokenStream,
    pub(super) arguments: Vec<Argument>,
}

/// What the method is given, under a name that nobody else has.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) ty: Type,
}

impl HandedOn {
    /// One for each choice of the parameters that are there under a condition: an argument cannot have one.
    pub(super) fn all(function: &TraitItemFn) -> Vec<Self> {
        let conditional = function.sig.inputs.iter().filter(|input| has_cfg(input));
        let count = conditional.count();
        (0..1_usize << count)
            .map(|chosen| Self::new(function, chosen))
            .collect()
    }

    /// Each bit of `chosen` is for one of the parameters.
    fn new(function: &TraitItemFn, mut chosen: usize) -> Self {
        let own = cfgs(&function.attrs);
        let mut cfgs = quote!(#(#own)*);
        let Signature { inputs, .. } = &function.sig;
        let mut sig = function.sig.clone();
        sig.inputs.clear();
        let mut arguments = Vec::new();
        for (index, input) in inputs.iter().enumerate() {
            let FnArg::Typed(input) = input else {
                sig.inputs.push(input.clone());
                continue;
            };
            let conditions = super::cfgs(&input.attrs).map(|attr| match &attr.meta {
                syn::Meta::List(list) => list.tokens.clone(),
                _ => TokenStream::new(),
            });
            let conditions: Vec<_> = conditions.collect();
            if !conditions.is_empty() {
                let is_chosen = chosen & 1 == 1;
                chosen >>= 1;
                if !is_chosen {
                    cfgs.extend(quote!(#[cfg(not(all(#(#conditions),*)))]));
                    continue;
                }
                cfgs.extend(quote!(#[cfg(all(#(#conditions),*))]));
            }
            let name = format_ident!("__plugin_{index}");
            let ty = (*input.ty).clone();
            sig.inputs.push(syn::parse_quote!(#name: #ty));
            arguments.push(Argument { name, ty });
        }
        let sig = as_generated(sig.to_token_stream());
        Self {
            cfgs,
            sig,
            arguments,
        }
    }
}

fn has_cfg(input: &FnArg) -> bool {
    match input {
        FnArg::Typed(input) => cfgs(&input.attrs).next().is_some(),
        FnArg::Receiver(_) => false,
    }
}
