use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::{Error, Path, Token};

use super::{argument, krate, krate_or_default};
use crate::ast::DropIn;
use crate::compilation::Compilation;
use crate::errors::Errors;

// dropin!()
// dropin!(crate = path::to::plugin_core)
pub(crate) fn dropin(
    compilation: &Compilation,
    args: TokenStream,
    errors: &mut Errors,
) -> Option<DropIn> {
    let mut path = None;
    let arguments = |input: ParseStream<'_>| {
        while !input.is_empty() {
            path = errors.keep(argument(input, setting)).or(path.take());
        }
        Ok(())
    };
    let parsed = arguments.parse2(args);
    errors.keep(parsed);
    let krate = krate_or_default(compilation, path, errors)?;
    Some(DropIn { krate })
}

fn setting(input: ParseStream<'_>) -> Result<Path> {
    let span = input.span();
    match input.call(Ident::parse_any) {
        Ok(key) if key == "crate" && input.peek(Token![=]) => {
            input.parse::<Token![=]>()?;
            krate(input)
        }
        _ => Err(Error::new(
            span,
            "`dropin!` takes no arguments, other than `crate = path`\n\
             help: write `plugin_core::dropin!();`",
        )),
    }
}
