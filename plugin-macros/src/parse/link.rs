use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Error, Path, Token};

use super::{argument, is_setting, krate, krate_or_default};
use crate::ast::Link;
use crate::compilation::Compilation;
use crate::errors::Errors;

// link_plugins!()
// link_plugins!(metals, ceramics)
// link_plugins!(crate = path::to::plugin_core)
pub(crate) fn link(
    compilation: &Compilation,
    args: TokenStream,
    errors: &mut Errors,
) -> Option<Link> {
    let mut dependencies = Vec::new();
    let mut path = None;
    let arguments = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if is_setting(input) {
                path = errors.keep(argument(input, setting)).or(path.take());
            } else {
                dependencies.extend(errors.keep(argument(input, dependency)));
            }
        }
        Ok(())
    };
    let parsed = arguments.parse2(args);
    errors.keep(parsed);
    let krate = krate_or_default(compilation, path, errors)?;
    Some(Link {
        dependencies,
        krate,
    })
}

fn setting(input: ParseStream<'_>) -> Result<Path> {
    let key = input.call(Ident::parse_any)?;
    if key != "crate" {
        return Err(Error::new(
            key.span(),
            "expected the name of a dependency\nhelp: `link_plugins!(metals)`",
        ));
    }
    input.parse::<Token![=]>()?;
    krate(input)
}

fn dependency(input: ParseStream<'_>) -> Result<Ident> {
    let span = input.span();
    let name = input.call(Ident::parse_any);
    match name {
        Ok(name) if input.peek(Token![-]) => {
            let message = format!(
                "in code, a crate's name has underscores in place of hyphens\nhelp: `{name}_…`"
            );
            Err(Error::new(span, message))
        }
        Ok(name) if input.is_empty() || input.peek(Token![,]) => Ok(name),
        _ => Err(Error::new(
            span,
            "expected the name of a dependency\nhelp: `link_plugins!(metals, ceramics)`, \
             or `link_plugins!()` for all",
        )),
    }
}
