use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{
    Attribute, Error, Fields, ItemStruct, LitBool, LitStr, Path, Token, TraitItem, Visibility,
    parenthesized, parse_quote, token,
};

use super::attribute::{self, Taken};
use super::copied::is_copied;
use super::shape::foreign;
use super::{argument, krate, krate_or_default, twice, unknown};
use crate::ast::{Configured, Declared, Interface, InterfaceSettings, Marks};
use crate::compilation::Compilation;
use crate::errors::Errors;

const ARGUMENTS: [&str; 8] = [
    "dropin",
    "foreign",
    "one",
    "configured",
    "noun",
    "slot",
    "lazy",
    "crate",
];

pub(crate) fn interface(
    compilation: &Compilation,
    args: TokenStream,
    item: TokenStream,
    errors: &mut Errors,
) -> Option<Interface> {
    if is_copied(&item) {
        errors.push(
            Span::call_site(),
            "another attribute has copied `#[interface]` to an item that it generates\n\
             help: write `#[interface]` above the other attributes, so that they cannot copy it",
        );
        return None;
    }
    let mut settings = InterfaceSettings {
        one: false,
        noun: None,
        slot: None,
        lazy: None,
        krate: parse_quote!(plugin_core),
        configured: None,
        dropin: false,
        foreign: Vec::new(),
    };
    let path = (|input: ParseStream<'_>| Ok(arguments(input, &mut settings, errors))).parse2(args);
    let path = errors.keep(path).flatten();
    settings.krate = krate_or_default(compilation, path, errors)?;

    let mut item = errors.keep(declared.parse2(item))?;
    let docs = attribute::docs(item.attrs());
    let krate = Some(&settings.krate);
    let Taken { tags, attributes } = attribute::take(item.attrs_mut(), "interface", krate, errors);
    for span in attributes {
        let message = "`#[attribute]` belongs on a getter of the interface\n\
                       help: remove it here, and write it above a getter";
        errors.push(span, message);
    }
    let marks = match &mut item {
        Declared::Trait(item) => {
            let of_item = |item| match attrs_of(item) {
                Some(attrs) => marks(attrs, krate, errors),
                None => marks(&mut Vec::new(), krate, errors),
            };
            item.items.iter_mut().map(of_item).collect()
        }
        Declared::Struct(item) => {
            let fields = item.fields.iter_mut();
            fields
                .map(|field| marks(&mut field.attrs, krate, errors))
                .collect()
        }
    };
    Some(Interface {
        settings,
        item,
        docs,
        tags,
        marks,
    })
}

fn marks(attrs: &mut Vec<Attribute>, krate: Option<&Path>, errors: &mut Errors) -> Marks {
    let docs = attribute::docs(attrs);
    let Taken { tags, attributes } = attribute::take(attrs, "interface", krate, errors);
    Marks {
        docs,
        tags,
        attributes,
    }
}

// #[interface]
// #[interface(dropin)]
// #[interface(dropin, foreign(bytes::Bytes))]
// #[interface(one)]
// #[interface(configured)]
// #[interface(configured(tag = "type"))]
// #[interface(noun = "material")]
// #[interface(slot = "MATERIALS")]
// #[interface(lazy = false)]
// #[interface(crate = path::to::plugin_core)]
fn arguments(
    input: ParseStream<'_>,
    settings: &mut InterfaceSettings,
    errors: &mut Errors,
) -> Option<Path> {
    let mut path = None;
    let mut seen = HashSet::new();
    while !input.is_empty() {
        let parsed = argument(input, |input| {
            let key = input.call(Ident::parse_any).map_err(|error| {
                let help =
                    "help: the arguments are `dropin`, `foreign`, `one`, `configured`, `noun`, `slot`, `lazy`, `crate`";
                Error::new(
                    error.span(),
                    format!("expected an `#[interface]` argument\n{help}"),
                )
            })?;
            if !seen.insert(key.clone()) {
                return Err(twice(&key));
            }
            setting(&key, input, settings, &mut path)
        });
        errors.keep(parsed);
    }
    path
}

fn setting(
    key: &Ident,
    input: ParseStream<'_>,
    settings: &mut InterfaceSettings,
    path: &mut Option<Path>,
) -> Result<()> {
    let wrong = |span, message| Err(Error::new(span, message));
    let has_value = input.peek(Token![=]);
    match key.to_string().as_str() {
        "one" | "dropin" if has_value => {
            let message = format!("`{key}` takes no value\nhelp: write `#[interface({key})]`");
            return Err(Error::new(input.span(), message));
        }
        "configured" if has_value => {
            return wrong(
                input.span(),
                "`configured` takes no value\n\
                 help: write `#[interface(configured)]`, or `#[interface(configured(tag = \"type\"))]`",
            );
        }
        "noun" | "slot" | "lazy" | "crate" if !has_value => {
            let message = format!("`{key}` takes a value\nhelp: {}", example(key));
            return Err(Error::new(key.span(), message));
        }
        _ => input.parse::<Option<Token![=]>>()?,
    };
    let span = input.span();
    match key.to_string().as_str() {
        "one" => settings.one = true,
        "dropin" => settings.dropin = true,
        "foreign" => settings.foreign = foreign(key, input)?,
        "configured" => {
            settings.configured = Some(Configured {
                word: key.clone(),
                tag: tag(input)?,
            });
        }
        "noun" => match input.parse::<LitStr>() {
            Ok(noun) => settings.noun = Some(noun),
            Err(_) => return wrong(span, "`noun` takes a string\nhelp: `noun = \"material\"`"),
        },
        "slot" => match input.parse::<LitStr>() {
            Ok(slot) => settings.slot = Some(slot),
            Err(_) => return wrong(span, "`slot` takes a string\nhelp: `slot = \"MATERIALS\"`"),
        },
        "lazy" => match input.parse::<LitBool>() {
            Ok(lazy) => settings.lazy = Some(lazy),
            Err(_) => return wrong(span, "`lazy` takes `true` or `false`\nhelp: `lazy = false`"),
        },
        "crate" => *path = Some(krate(input)?),
        _ => return Err(unknown("interface", key, &ARGUMENTS)),
    }
    Ok(())
}

// (tag = "type")
fn tag(input: ParseStream<'_>) -> Result<Option<LitStr>> {
    if !input.peek(token::Paren) {
        return Ok(None);
    }
    let content;
    let parenthesis = parenthesized!(content in input);
    let wrong = "the only argument of `configured` is the key of a plugin's name\n\
                 help: write `configured(tag = \"type\")`";
    let tag = (|input: ParseStream<'_>| -> Result<_> {
        let key = input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        let tag = input.parse::<LitStr>()?;
        input.parse::<Option<Token![,]>>()?;
        Ok((key == "tag" && input.is_empty()).then_some(tag))
    })(&content);
    content.parse::<TokenStream>()?;
    match tag {
        Ok(Some(tag)) => Ok(Some(tag)),
        _ => Err(Error::new(parenthesis.span.join(), wrong)),
    }
}

fn example(key: &Ident) -> &'static str {
    match key.to_string().as_str() {
        "noun" => "`noun = \"material\"`",
        "slot" => "`slot = \"MATERIALS\"`",
        "lazy" => "`lazy = false`",
        _ => "`crate = path::to::plugin_core`",
    }
}

// #[…] pub trait IMaterial: Debug { … }
// #[…] pub struct Route { … }
fn declared(input: ParseStream<'_>) -> Result<Declared> {
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer)?;
    ahead.parse::<Visibility>()?;
    if ahead.peek(Token![struct]) {
        let item: ItemStruct = input.parse()?;
        if !matches!(item.fields, Fields::Named(_)) {
            let name = &item.ident;
            let message = format!(
                "a struct that is an interface must have named fields\n\
                 help: write `struct {name} {{ field: Type, … }}`"
            );
            return Err(Error::new(name.span(), message));
        }
        return Ok(Declared::Struct(item));
    }
    ahead.parse::<Option<Token![unsafe]>>()?;
    ahead.parse::<Option<Token![auto]>>()?;
    if ahead.peek(Token![trait]) {
        let item = input.parse().map(Declared::Trait);
        return item.map_err(|error| {
            let help = "help: write each member as `fn name(&self) -> Type;`";
            Error::new(error.span(), format!("{error}\n{help}"))
        });
    }
    Err(Error::new(
        ahead.span(),
        "`#[interface]` can only be applied to a trait, or a struct with named fields\n\
         help: write `pub trait IName { … }` if plugins do something, or, if they are data, \
         `pub struct Name { … }`",
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
