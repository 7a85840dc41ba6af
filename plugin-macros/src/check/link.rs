use std::collections::{BTreeSet, HashSet};

use proc_macro2::Span;
use syn::ext::IdentExt as _;

use crate::ast::Link;
use crate::compilation::Compilation;
use crate::errors::{Errors, nearest};

pub(crate) fn link(compilation: &Compilation, link: &Link, errors: &mut Errors) {
    if compilation.hides_dependencies() {
        let message = "`link_plugins!()` finds no dependencies: the compiler was given none\n\
                       help: pass each of them to the compiler: `--extern NAME=PATH`";
        errors.push(Span::call_site(), message);
    }
    dependencies(compilation, link, errors);
}

/// Whether those that are named are dependencies, and named once.
pub(super) fn dependencies(compilation: &Compilation, link: &Link, errors: &mut Errors) {
    let known: Vec<&str> = compilation
        .dependencies()
        .map(|krate| krate.name.as_str())
        .collect();
    let mut seen = HashSet::new();
    for name in &link.dependencies {
        if !seen.insert(name) {
            errors.push(
                name.span(),
                format!("`{name}` is named twice\nhelp: name it once"),
            );
        }
        // An editor does not say which there are.
        if compilation.knows_dependencies() && !known.iter().any(|known| name.unraw() == known) {
            let help = match nearest(&name.unraw().to_string(), &known) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None if known.is_empty() => format!("`cargo add {name}`"),
                None => format!("the dependencies are `{}`", known.join("`, `")),
            };
            let message = format!("`{name}` is not a dependency of this crate\nhelp: {help}");
            errors.push(name.span(), message);
        }
    }
}

/// The symbols that the linker is to be told of.
pub(crate) fn held(
    compilation: &Compilation,
    link: &Link,
    errors: &mut Errors,
) -> BTreeSet<String> {
    let held = compilation.held(&compilation.named(&link.dependencies));
    held.unwrap_or_else(|messages| {
        for message in messages {
            errors.push(Span::call_site(), message);
        }
        BTreeSet::new()
    })
}
