use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream, Parser as _, Result};
use syn::{Error, Ident, Item, Path, Token, TypePath, parenthesized};

use super::{argument, krate, krate_or_default, unknown};
use crate::ast::{Data, Derived, PlainTrait};
use crate::compilation::Compilation;
use crate::errors::Errors;

/// `#[shape] trait Logger { … }`
pub(crate) fn plain_trait(
    compilation: &Compilation,
    args: TokenStream,
    item: TokenStream,
    errors: &mut Errors,
) -> Option<PlainTrait> {
    let mut given = Given::default();
    let parsed = (|input: ParseStream<'_>| {
        given.read(input, errors);
        Ok(())
    })
    .parse2(args);
    errors.keep(parsed);
    let krate = krate_or_default(compilation, given.krate, errors)?;
    match syn::parse2(item) {
        Ok(Item::Trait(item)) => Some(PlainTrait {
            krate,
            foreign: given.foreign,
            item,
        }),
        Ok(item) => {
            let message = "`#[shape]` is for traits\nhelp: write `#[derive(Shape)]` above a type";
            errors.push_on(item, message);
            None
        }
        Err(error) => errors.keep(Err(error)),
    }
}

/// `#[derive(Shape)] struct Sample { … }`
pub(crate) fn derived(
    compilation: &Compilation,
    item: TokenStream,
    errors: &mut Errors,
) -> Option<Derived> {
    let data = match errors.keep(syn::parse2(item))? {
        Item::Struct(item) => Data::Struct(item),
        Item::Enum(item) => Data::Enum(item),
        Item::Union(item) => Data::Union(item),
        _ => return None,
    };
    let mut given = Given::default();
    for attr in data
        .attrs()
        .iter()
        .filter(|attr| attr.path().is_ident("shape"))
    {
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
            given.read(input, errors);
            Ok(())
        });
        errors.keep(parsed);
    }
    Some(Derived {
        krate: krate_or_default(compilation, given.krate, errors)?,
        foreign: given.foreign,
        data,
    })
}

#[derive(Default)]
struct Given {
    krate: Option<Path>,
    foreign: Vec<TypePath>,
}

impl Given {
    // crate = path::to::plugin_core
    // foreign(bytes::Bytes)
    fn read(&mut self, input: ParseStream<'_>, errors: &mut Errors) {
        while !input.is_empty() {
            let parsed = argument(input, |input| {
                let key = input.call(Ident::parse_any)?;
                match key.to_string().as_str() {
                    "crate" => {
                        input.parse::<Token![=]>()?;
                        self.krate = Some(krate(input)?);
                    }
                    "foreign" => self.foreign.extend(foreign(&key, input)?),
                    _ => return Err(unknown("shape", &key, &["foreign", "crate"])),
                }
                Ok(())
            });
            errors.keep(parsed);
        }
    }
}

// foreign(bytes::Bytes, serde_json::Value)
pub(super) fn foreign(key: &Ident, input: ParseStream<'_>) -> Result<Vec<TypePath>> {
    if !input.peek(syn::token::Paren) {
        let message = "`foreign` lists types\nhelp: as in `foreign(bytes::Bytes)`";
        return Err(Error::new(key.span(), message));
    }
    let content;
    parenthesized!(content in input);
    let types = content.parse_terminated(TypePath::parse, Token![,]);
    content.parse::<TokenStream>()?;
    Ok(types?.into_iter().collect())
}
