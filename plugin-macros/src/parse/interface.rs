use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Attribute, Error, ItemTrait, LitBool, LitStr, Token, TraitItem, Visibility};

use super::{argument, attribute, default_krate, krate, twice, unknown};
use crate::ast::{Interface, InterfaceSettings, Marks};
use crate::errors::Errors;

const ARGUMENTS: [&str; 4] = ["one", "slot", "lazy", "crate"];

pub(crate) fn interface(args: TokenStream, item: TokenStream) -> Result<Interface> {
    let mut errors = Errors::default();
    let settings = errors.keep((|input: ParseStream<'_>| settings(input)).parse2(args));
    let krate = settings
        .as_ref()
        .map_or_else(default_krate, |settings| settings.krate.clone());
    let item = errors.keep(trait_item.parse2(item)).map(|mut item| {
        let docs = attribute::docs(&item.attrs);
        let (tags, attributes) = attribute::take(&mut item.attrs, &krate, &mut errors);
        for span in attributes {
            let message = "`#[attribute]` belongs on a getter of the interface\n\
                           help: on the trait itself, `#[interface]` says it all";
            errors.push(span, message);
        }
        let mut marks = Vec::new();
        for item in &mut item.items {
            let mut none = Vec::new();
            let attrs = attrs_of(item).unwrap_or(&mut none);
            let docs = attribute::docs(attrs);
            let (tags, attribute) = attribute::take(attrs, &krate, &mut errors);
            marks.push(Marks {
                docs,
                tags,
                attribute,
            });
        }
        (item, docs, tags, marks)
    });
    errors.finish()?;
    match (settings, item) {
        (Some(settings), Some((item, docs, tags, marks))) => Ok(Interface {
            settings,
            item,
            docs,
            tags,
            marks,
        }),
        _ => Err(Error::new(
            Span::call_site(),
            "`#[interface]` cannot be read",
        )),
    }
}

// #[interface]
// #[interface(one)]
// #[interface(slot = "MATERIALS")]
// #[interface(lazy = false)]
// #[interface(crate = path::to::plugin_core)]
fn settings(input: ParseStream<'_>) -> Result<InterfaceSettings> {
    let mut errors = Errors::default();
    let mut settings = InterfaceSettings {
        one: false,
        slot: None,
        lazy: true,
        krate: default_krate(),
    };
    let mut seen: Vec<Ident> = Vec::new();
    while !input.is_empty() {
        errors.keep(argument(input, |input| {
            let key = input.call(Ident::parse_any).map_err(|error| {
                let help = "help: the arguments are `one`, `slot`, `lazy`, `crate`";
                Error::new(
                    error.span(),
                    format!("expected an `#[interface]` argument\n{help}"),
                )
            })?;
            if seen.contains(&key) {
                return Err(twice(&key));
            }
            seen.push(key.clone());
            match key.to_string().as_str() {
                "one" if input.peek(Token![=]) => Err(Error::new(
                    input.span(),
                    "`one` takes no value\nhelp: write `#[interface(one)]`",
                )),
                "one" => {
                    settings.one = true;
                    Ok(())
                }
                "slot" | "lazy" | "crate" if !input.peek(Token![=]) => Err(Error::new(
                    key.span(),
                    format!("`{key}` takes a value\nhelp: {}", example(&key)),
                )),
                "slot" => {
                    input.parse::<Token![=]>()?;
                    settings.slot = Some(input.parse::<LitStr>().map_err(|error| {
                        let message = "`slot` takes a string\nhelp: `slot = \"MATERIALS\"`";
                        Error::new(error.span(), message)
                    })?);
                    Ok(())
                }
                "lazy" => {
                    input.parse::<Token![=]>()?;
                    let value = input.parse::<LitBool>().map_err(|error| {
                        let message = "`lazy` takes `true` or `false`\nhelp: `lazy = false`";
                        Error::new(error.span(), message)
                    })?;
                    settings.lazy = value.value;
                    Ok(())
                }
                "crate" => {
                    input.parse::<Token![=]>()?;
                    settings.krate = krate(input)?;
                    Ok(())
                }
                _ => Err(unknown("interface", &key, &ARGUMENTS)),
            }
        }));
    }
    errors.finish()?;
    Ok(settings)
}

fn example(key: &Ident) -> &'static str {
    match key.to_string().as_str() {
        "slot" => "`slot = \"MATERIALS\"`",
        "lazy" => "`lazy = false`",
        _ => "`crate = path::to::plugin_core`",
    }
}

// #[…] pub trait IMaterial: Debug { … }
fn trait_item(input: ParseStream<'_>) -> Result<ItemTrait> {
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer)?;
    ahead.parse::<Visibility>()?;
    ahead.parse::<Option<Token![unsafe]>>()?;
    ahead.parse::<Option<Token![auto]>>()?;
    if ahead.peek(Token![trait]) {
        return input.parse();
    }
    Err(Error::new(
        ahead.span(),
        "`#[interface]` can only be applied to a trait\n\
         help: declare what plugins provide as `pub trait IName { … }`",
    ))
}

fn attrs_of(item: &mut TraitItem) -> Option<&mut Vec<Attribute>> {
    match item {
        TraitItem::Const(item) => Some(&mut item.attrs),
        TraitItem::Fn(item) => Some(&mut item.attrs),
        TraitItem::Type(item) => Some(&mut item.attrs),
        TraitItem::Macro(item) => Some(&mut item.attrs),
        _ => None,
    }
}
