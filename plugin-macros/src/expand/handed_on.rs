//! A method that hands the call on to the same method of another object.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident};
use syn::{FnArg, Signature, Type};

use super::as_generated;

pub(super) struct HandedOn {
    pub(super) sig: TokenStream,
    pub(super) arguments: Vec<Argument>,
}

/// What the method is given, under a name that nobody else has.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) ty: Type,
}

impl HandedOn {
    pub(super) fn new(sig: &Signature) -> Self {
        let mut sig = sig.clone();
        let mut arguments = Vec::new();
        for (index, input) in sig.inputs.iter_mut().enumerate() {
            if let FnArg::Typed(input) = input {
                let name = format_ident!("__plugin_{index}");
                *input.pat = syn::parse_quote!(#name);
                input.attrs.retain(|attr| attr.path().is_ident("cfg"));
                let ty = (*input.ty).clone();
                arguments.push(Argument { name, ty });
            }
        }
        let sig = as_generated(sig.to_token_stream());
        Self { sig, arguments }
    }
}
