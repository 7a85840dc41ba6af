//! Tokens → what the user wrote, or how it is misspelt.

mod attribute;
mod copied;
mod function;
mod interface;
mod link;
mod plugin;
mod shape;

pub(crate) use self::interface::interface;
pub(crate) use self::link::{dropin, link};
pub(crate) use self::plugin::plugin;
pub(crate) use self::shape::{derived, plain_trait};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Result};
use syn::{Error, Path, Token};

use crate::compilation::Compilation;
use crate::errors::{Errors, nearest};

/// `key =`, where `key` may be a keyword such as `crate`.
fn is_setting(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==])
}

/// Gives the next argument to `parse`, and leaves the input after the comma behind it, whatever
/// `parse` made of it.
fn argument<T>(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let mut result = parse(input);
    if result.is_ok() && !input.is_empty() && !input.peek(Token![,]) {
        result = Err(Error::new(
            input.span(),
            "expected `,`\nhelp: put a comma between two arguments",
        ));
    }
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Option<Token![,]>>()?;
    result
}

// crate = path::to::plugin_core
fn krate(input: ParseStream<'_>) -> Result<Path> {
    if input.peek(syn::LitStr) {
        return Err(Error::new(
            input.span(),
            "`crate` takes a path, not a string\nhelp: leave out the quotes",
        ));
    }
    Path::parse_mod_style(input)
        .map_err(|error| Error::new(error.span(), "`crate` takes a path, as in `crate = plugin`"))
}

/// The path of plugin-core: what the user says, or else what the compiler knows.
fn krate_or_default(
    compilation: &Compilation,
    given: Option<Path>,
    errors: &mut Errors,
) -> Option<Path> {
    let krate = given.or_else(|| compilation.plugin_core());
    if krate.is_none() {
        errors.push(
            Span::call_site(),
            "this crate does not depend on `plugin-core`\n\
             help: `cargo add plugin-core`, or say where it is re-exported: `crate = path::to::plugin_core`",
        );
    }
    krate
}

fn unknown(macro_name: &str, key: &Ident, known: &[&str]) -> Error {
    let help = match nearest(&key.unraw().to_string(), known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("the arguments are `{}`", known.join("`, `")),
    };
    Error::new(
        key.span(),
        format!("unknown `#[{macro_name}]` argument `{key}`\nhelp: {help}"),
    )
}

fn twice(key: &Ident) -> Error {
    Error::new(
        key.span(),
        format!("duplicate `{key}` argument\nhelp: give it once"),
    )
}

/// The rest of the input as it stands, without taking it.
fn rest(input: ParseStream<'_>) -> TokenStream {
    input.cursor().token_stream()
}
