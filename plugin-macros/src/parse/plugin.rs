use std::collections::HashSet;

use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Attribute, Error, LitInt, Path, Token, Visibility, token};

use super::attribute::{self, Taken};
use super::function::{function, is_function};
use super::{argument, is_setting, krate, rest, twice, unknown};
use crate::ast::{Plugin, PluginKind, PluginSettings, Priority, Text};
use crate::compilation::Compilation;
use crate::errors::Errors;

const ARGUMENTS: [&str; 4] = ["name", "id", "priority", "crate"];

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
        id,
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
        id,
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
    name: Option<Text>,
    id: Option<Text>,
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
        id: None,
        priority: None,
        krate: None,
    };
    let mut seen = HashSet::new();
    while !input.is_empty() {
        if !is_setting(input) {
            let parsed = argument(input, |input| {
                without_value(input)?;
                interface(input, !seen.is_empty())
            });
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
    match key.to_string().as_str() {
        "name" => {
            let wrong = "`name` takes a string\nhelp: `name = \"steel-plate\"`";
            arguments.name = Some(text(input, wrong)?);
        }
        "id" => {
            let wrong = "`id` takes a string\nhelp: `id = \"metals::steel\"`";
            arguments.id = Some(text(input, wrong)?);
        }
        "priority" => arguments.priority = Some(priority(input)?),
        "crate" => arguments.krate = Some(krate(input)?),
        _ => return Err(unknown("plugin", key, &ARGUMENTS)),
    }
    Ok(())
}

// name
// name("steel-plate")
// name: "steel-plate"
/// The word of a setting, and no `=` behind it.
fn without_value(input: ParseStream<'_>) -> Result<()> {
    let ahead = input.fork();
    let Ok(key) = ahead.call(Ident::parse_any) else {
        return Ok(());
    };
    let stands_alone = ahead.is_empty()
        || ahead.peek(Token![,])
        || ahead.peek(token::Paren)
        || ahead.peek(Token![:]) && !ahead.peek(Token![::]);
    if !stands_alone || !ARGUMENTS.iter().any(|argument| key == argument) {
        return Ok(());
    }
    let example = match key.to_string().as_str() {
        "name" => "name = \"steel-plate\"",
        "id" => "id = \"metals::steel\"",
        "priority" => "priority = 10",
        _ => "crate = path::to::plugin_core",
    };
    let message = format!("`{key}` takes a value\nhelp: `{example}`");
    Err(Error::new(key.span(), message))
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
        let message = "generic interfaces are not supported\nhelp: write the interface's name without parameters";
        return Err(Error::new(input.span(), message));
    }
    if input.peek(token::Paren) && path.get_ident().is_some_and(|ident| ident == "tag") {
        let message = "a tag is not an argument, but an attribute of its own\n\
                       help: write `#[tag(key = \"value\")]` below `#[plugin]`";
        return Err(Error::new(span, message));
    }
    if after_settings {
        let message = "interfaces must come before all other arguments\nhelp: move the interface to the front";
        return Err(Error::new(span, message));
    }
    Ok(path)
}

// name = "steel-plate"
// name = concat!(PREFIX, "plate")
fn text(input: ParseStream<'_>, wrong: &str) -> Result<Text> {
    let span = input.span();
    let given = value(input)?;
    if let Ok(literal) = syn::parse2(given.clone()) {
        return Ok(Text::Literal(literal));
    }
    if given.is_empty() {
        return Err(Error::new(span, wrong));
    }
    match literal(&given) {
        Some(literal) => Err(Error::new(literal.span(), wrong)),
        None => Ok(Text::Constant(given)),
    }
}

// priority = 10
// priority = -10
// priority = HIGH
fn priority(input: ParseStream<'_>) -> Result<Priority> {
    let wrong = "`priority` takes an `i32`\nhelp: `priority = 10`";
    let span = input.span();
    let given = value(input)?;
    if given.is_empty() {
        return Err(Error::new(span, wrong));
    }
    let Some(literal) = literal(&given) else {
        return Ok(Priority::Constant(given));
    };
    let literal: LitInt = syn::parse2(TokenTree::from(literal).into())
        .map_err(|error| Error::new(error.span(), wrong))?;
    if !matches!(literal.suffix(), "" | "i32") {
        return Err(Error::new(literal.span(), wrong));
    }
    // Whether it is in range is for `check`; what is too long for this is out of range as well.
    let value = literal.base10_parse::<i64>().unwrap_or(i64::MAX);
    let is_negative = given.into_iter().count() > 1;
    Ok(Priority::Literal(
        if is_negative { -value } else { value },
        literal,
    ))
}

/// All up to the comma that ends the argument, out of the invisible group that a `macro_rules!` may have
/// put it into.
fn value(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut value = Vec::new();
    // As in `NAMES::<A, B>::FIRST`.
    let mut angles = 0_u32;
    while !input.is_empty() && (angles > 0 || !input.peek(Token![,])) {
        if input.peek(Token![::]) && input.peek3(Token![<]) {
            angles += 1;
        } else if input.peek(Token![->]) {
            value.push(input.parse()?);
        } else if input.peek(Token![>]) {
            angles = angles.saturating_sub(1);
        }
        value.push(input.parse()?);
    }
    if let [TokenTree::Group(group)] = &value[..] {
        if group.delimiter() == Delimiter::None {
            return Ok(group.stream());
        }
    }
    Ok(value.into_iter().collect())
}

/// The literal, if there is nothing else but a sign.
fn literal(value: &TokenStream) -> Option<Literal> {
    let mut tokens = value.clone().into_iter().peekable();
    tokens.next_if(|tree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == '-'));
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Literal(literal)), None) => Some(literal),
        _ => None,
    }
}

fn attributes_and_item(input: ParseStream<'_>) -> Result<(Vec<Attribute>, TokenStream)> {
    Ok((input.call(Attribute::parse_outer)?, input.parse()?))
}

// pub static STEEL_PLATE: SimpleMaterial = …;
// pub struct Clock;
// pub struct Blur { … }
// pub enum Edges { … }
// pub fn edit(context: &mut Context) -> Result<()> { … }
/// Reads no more of the item than it has to, so that an item that is still being typed is kept.
fn declaration(input: ParseStream<'_>) -> Result<(Ident, PluginKind)> {
    let declared = item_kind(input);
    input.parse::<TokenStream>()?;
    declared
}

fn item_kind(input: ParseStream<'_>) -> Result<(Ident, PluginKind)> {
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
    if input.peek(Token![struct]) || input.peek(Token![enum]) {
        let word = input.call(Ident::parse_any)?;
        let ident = input.call(Ident::parse_any)?;
        if input.peek(Token![<]) {
            let message = format!(
                "a generic {word} cannot be a plugin\n\
                 help: put `#[plugin]` on a static: `static NAME: {ident}<…> = …;`"
            );
            return Err(Error::new(input.span(), message));
        }
        let kind = if input.peek(Token![;]) {
            PluginKind::UnitStruct
        } else {
            PluginKind::Type
        };
        return Ok((ident, kind));
    }
    if is_function(input) {
        let (ident, ty) = function(input)?;
        return Ok((ident, PluginKind::Function(ty)));
    }
    Err(Error::new(
        input.span(),
        "`#[plugin]` can only be applied to a static, a function, a struct, or an enum\n\
         help: `static NAME: Type = …;`",
    ))
}
