use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Attribute, Error, LitInt, LitStr, Path, Token, Visibility, token};

use super::attribute::{self, Taken};
use super::{argument, is_setting, krate, rest, twice, unknown};
use crate::ast::{Plugin, PluginKind, PluginSettings, Priority};
use crate::compilation::Compilation;
use crate::errors::Errors;

const ARGUMENTS: [&str; 3] = ["name", "priority", "crate"];

pub(crate) fn plugin(
    compilation: &Compilation,
    args: TokenStream,
    item: TokenStream,
    errors: &mut Errors,
) -> Option<Plugin> {
    let arguments = (|input: ParseStream<'_>| Ok(arguments(input, errors))).parse2(args);
    let Arguments {
        interfaces,
        name,
        priority,
        krate,
    } = errors.keep(arguments)?;
    let named = krate.clone().or_else(|| compilation.plugin_core());

    let (mut attrs, item) = errors.keep(attributes_and_item.parse2(item))?;
    let docs = attribute::docs(&attrs);
    let Taken { tags, attributes } = attribute::take(&mut attrs, "plugin", named.as_ref(), errors);
    for span in attributes {
        let message = "`#[attribute]` belongs on a getter inside an interface\n\
                       help: on a plugin, write `#[tag(key = \"value\")]`";
        errors.push(span, message);
    }
    let (ident, kind) = errors.keep(declaration.parse2(item.clone()))?;
    let settings = PluginSettings {
        name,
        priority,
        krate,
    };
    Some(Plugin {
        interfaces,
        settings,
        attrs,
        ident,
        kind,
        item,
        docs,
        tags,
    })
}

struct Arguments {
    interfaces: Vec<Path>,
    name: Option<LitStr>,
    priority: Option<Priority>,
    krate: Option<Path>,
}

// #[plugin(Interface)]
// #[plugin(Interface, path::to::Interface)]
// #[plugin(Interface, name = "steel-plate", priority = -10)]
// #[plugin(Interface, crate = path::to::plugin_core)]
fn arguments(input: ParseStream<'_>, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments {
        interfaces: Vec::new(),
        name: None,
        priority: None,
        krate: None,
    };
    let mut seen = HashSet::new();
    while !input.is_empty() {
        if !is_setting(input) {
            let parsed = argument(input, |input| interface(input, !seen.is_empty()));
            arguments.interfaces.extend(errors.keep(parsed));
            continue;
        }
        let parsed = argument(input, |input| {
            let key = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            if !seen.insert(key.clone()) {
                return Err(twice(&key));
            }
            setting(&key, input, &mut arguments)
        });
        errors.keep(parsed);
    }
    arguments
}

fn setting(key: &Ident, input: ParseStream<'_>, arguments: &mut Arguments) -> Result<()> {
    let span = input.span();
    match key.to_string().as_str() {
        "name" => {
            let wrong = "`name` takes a string\nhelp: `name = \"steel-plate\"`";
            arguments.name = Some(input.parse().map_err(|_| Error::new(span, wrong))?);
        }
        "priority" => arguments.priority = Some(priority(input)?),
        "crate" => arguments.krate = Some(krate(input)?),
        _ => return Err(unknown("plugin", key, &ARGUMENTS)),
    }
    Ok(())
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

fn attributes_and_item(input: ParseStream<'_>) -> Result<(Vec<Attribute>, TokenStream)> {
    Ok((input.call(Attribute::parse_outer)?, input.parse()?))
}

// pub static STEEL_PLATE: SimpleMaterial = …;
// pub struct Clock;
/// Reads no more of the item than it has to, so that an item that is still being typed is kept.
fn declaration(input: ParseStream<'_>) -> Result<(Ident, PluginKind)> {
    let declared = static_or_struct(input);
    input.parse::<TokenStream>()?;
    declared
}

fn static_or_struct(input: ParseStream<'_>) -> Result<(Ident, PluginKind)> {
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
        input.parse::<Token![:]>()?;
        return Ok((ident, PluginKind::Static(input.parse()?)));
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
