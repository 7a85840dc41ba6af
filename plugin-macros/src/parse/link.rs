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
    let help = "`link_plugins!(metals, ceramics)`, or `link_plugins!()` for all";
    dependencies(compilation, args, help, errors)
}

// dropin!()
// dropin!(metals, ceramics)
// dropin!(crate = path::to::plugin_core)
pub(crate) fn dropin(
    compilation: &Compilation,
    args: TokenStream,
    errors: &mut Errors,
) -> Option<Link> {
    let help = "`dropin!(metals, ceramics)`, or `dropin!()` for the plugins of this crate alone";
    dependencies(compilation, args, help, errors)
}

fn dependencies(
    compilation: &Compilation,
    args: TokenStream,
    help: &str,
    errors: &mut Errors,
) -> Option<Link> {
    let mut dependencies = Vec::new();
    let mut path = None;
    let arguments = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if is_setting(input) {
                let setting = argument(input, |input| setting(input, help));
                path = errors.keep(setting).or(path.take());
            } else {
                let dependency = argument(input, |input| dependency(input, help));
                dependencies.extend(errors.keep(dependency));
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

fn setting(input: ParseStream<'_>, help: &str) -> Result<Path> {
    let key = input.call(Ident::parse_any)?;
    if key != "crate" {
        let message = format!("expected the name of a dependency\nhelp: {help}");
        return Err(Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    krate(input)
}

fn dependency(input: ParseStream<'_>, help: &str) -> Result<Ident> {
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
        _ => {
            let message = format!("expected the name of a dependency\nhelp: {help}");
            Err(Error::new(span, message))
        }
    }
}
