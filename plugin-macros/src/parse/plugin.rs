use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Attribute, Error, LitInt, LitStr, Path, Token, Visibility, token};

use super::{argument, attribute, default_krate, is_setting, krate, rest, twice, unknown};
use crate::ast::{Docs, Plugin, PluginKind, PluginSettings, Priority, Tag};
use crate::errors::Errors;

const ARGUMENTS: [&str; 3] = ["name", "priority", "crate"];

pub(crate) fn plugin(args: TokenStream, item: TokenStream) -> Result<Plugin> {
    let mut errors = Errors::default();
    let arguments = errors.keep(arguments.parse2(args));
    let krate = arguments
        .as_ref()
        .map_or_else(default_krate, |(_, settings)| settings.krate.clone());
    let item = errors.keep((|input: ParseStream<'_>| plugin_item(input, &krate)).parse2(item));
    errors.finish()?;
    match (arguments, item) {
        (Some((interfaces, settings)), Some(item)) => {
            let Item {
                ident,
                kind,
                tokens: item,
                docs,
                tags,
            } = item;
            Ok(Plugin {
                interfaces,
                settings,
                ident,
                kind,
                item,
                docs,
                tags,
            })
        }
        _ => Err(Error::new(Span::call_site(), "`#[plugin]` cannot be read")),
    }
}

// #[plugin(Interface)]
// #[plugin(Interface, path::to::Interface)]
// #[plugin(Interface, name = "steel-plate", priority = -10)]
// #[plugin(Interface, crate = path::to::plugin_core)]
fn arguments(input: ParseStream<'_>) -> Result<(Vec<Path>, PluginSettings)> {
    let mut errors = Errors::default();
    let mut interfaces = Vec::new();
    let mut settings = PluginSettings {
        name: None,
        priority: None,
        krate: default_krate(),
    };
    let mut seen: Vec<Ident> = Vec::new();
    while !input.is_empty() {
        if !is_setting(input) {
            let after_settings = !seen.is_empty();
            interfaces
                .extend(errors.keep(argument(input, |input| interface(input, after_settings))));
            continue;
        }
        errors.keep(argument(input, |input| {
            let key = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            if seen.contains(&key) {
                return Err(twice(&key));
            }
            seen.push(key.clone());
            match key.to_string().as_str() {
                "name" => {
                    let wrong = "`name` takes a string\nhelp: `name = \"steel-plate\"`";
                    let literal = input.parse::<LitStr>();
                    settings.name = Some(literal.map_err(|error| Error::new(error.span(), wrong))?);
                }
                "priority" => settings.priority = Some(priority(input)?),
                "crate" => settings.krate = krate(input)?,
                _ => return Err(unknown("plugin", &key, &ARGUMENTS)),
            }
            Ok(())
        }));
    }
    errors.finish()?;
    Ok((interfaces, settings))
}

// IMaterial
// imatsim::IMaterial
// ::imatsim::IMaterial
fn interface(input: ParseStream<'_>, after_settings: bool) -> Result<Path> {
    let span = input.span();
    if input.peek(Token![dyn]) {
        return Err(Error::new(
            span,
            "an interface is named without `dyn`\nhelp: leave out `dyn`",
        ));
    }
    let path = Path::parse_mod_style(input).map_err(|_| {
        let message =
            "expected the path of an interface\nhelp: `#[plugin(IMaterial, name = \"…\")]`";
        Error::new(span, message)
    })?;
    if input.peek(Token![<]) {
        let message = "generic interfaces are not supported\nhelp: name the trait alone";
        return Err(Error::new(input.span(), message));
    }
    if input.peek(token::Paren) && path.get_ident().is_some_and(|ident| ident == "tag") {
        let message = "tags are an attribute of their own\n\
                       help: write `#[tag(key = \"value\")]` below `#[plugin]`";
        return Err(Error::new(span, message));
    }
    if after_settings {
        let message = "interfaces come before settings\nhelp: move it to the front of the list";
        return Err(Error::new(span, message));
    }
    Ok(path)
}

// priority = 10
// priority = -10
fn priority(input: ParseStream<'_>) -> Result<Priority> {
    let minus = input.parse::<Option<Token![-]>>()?;
    let wrong = |span| Error::new(span, "`priority` takes an integer\nhelp: `priority = 10`");
    let literal = input
        .parse::<LitInt>()
        .map_err(|error| wrong(error.span()))?;
    if !literal.suffix().is_empty() && literal.suffix() != "i32" {
        return Err(wrong(literal.span()));
    }
    // Whether it is in range is for `check`; what is too long for this is out of range as well.
    let value = literal.base10_parse::<i64>().unwrap_or(i64::MAX);
    Ok(Priority {
        value: if minus.is_some() { -value } else { value },
        literal,
    })
}

struct Item {
    ident: Ident,
    kind: PluginKind,
    tokens: TokenStream,
    docs: Docs,
    tags: Vec<Tag>,
}

// #[…] pub static STEEL_PLATE: SimpleMaterial = …;
// #[…] pub struct Clock;
fn plugin_item(input: ParseStream<'_>, krate: &Path) -> Result<Item> {
    let mut errors = Errors::default();
    let mut attrs = input.call(Attribute::parse_outer)?;
    let docs = attribute::docs(&attrs);
    let (tags, attributes) = attribute::take(&mut attrs, krate, &mut errors);
    for span in attributes {
        let message = "`#[attribute]` belongs on a getter inside an interface\n\
                       help: on a plugin, write `#[tag(key = \"value\")]`";
        errors.push(span, message);
    }
    let body = rest(input);
    let declared = errors.keep(declaration(input));
    input.parse::<TokenStream>()?;
    errors.finish()?;
    match declared {
        Some((ident, kind)) => Ok(Item {
            ident,
            kind,
            tokens: quote!(#(#attrs)* #body),
            docs,
            tags,
        }),
        None => Err(Error::new(Span::call_site(), "`#[plugin]` cannot be read")),
    }
}

/// Reads no more of the item than it has to, so that an item that is still being typed is kept.
fn declaration(input: ParseStream<'_>) -> Result<(Ident, PluginKind)> {
    input.parse::<Visibility>()?;
    if input.peek(Token![static]) {
        input.parse::<Token![static]>()?;
        if let Some(mutable) = input.parse::<Option<Token![mut]>>()? {
            let message = "a plugin cannot be `static mut`\n\
                           help: use a type with interior mutability, such as `Mutex<T>`";
            return Err(Error::new(mutable.span, message));
        }
        let ident = input.call(Ident::parse_any)?;
        let has_value = rest(input)
            .into_iter()
            .any(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '='));
        if !has_value {
            let message = "a plugin needs a value\nhelp: `static NAME: Type = …;`";
            return Err(Error::new(ident.span(), message));
        }
        return Ok((ident, PluginKind::Static));
    }
    if input.peek(Token![struct]) {
        input.parse::<Token![struct]>()?;
        let ident = input.call(Ident::parse_any)?;
        if input.peek(Token![<]) {
            let message = "a generic struct cannot be a plugin\n\
                           help: put `#[plugin]` on a static of a type with its parameters given";
            return Err(Error::new(input.span(), message));
        }
        if !input.peek(Token![;]) {
            let message = format!(
                "a struct with fields cannot be a plugin\n\
                 help: put `#[plugin]` on a static: `static NAME: {ident} = …;`"
            );
            return Err(Error::new(ident.span(), message));
        }
        return Ok((ident, PluginKind::UnitStruct));
    }
    Err(Error::new(
        input.span(),
        "`#[plugin]` can only be applied to a static\n\
         help: `static NAME: Type = …;`, or a unit struct: `struct Name;`",
    ))
}
