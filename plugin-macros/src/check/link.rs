use std::collections::HashSet;

use syn::ext::IdentExt as _;

use crate::ast::Link;
use crate::compilation::Compilation;
use crate::errors::{Errors, nearest};

pub(crate) fn link(compilation: &Compilation, link: &Link, errors: &mut Errors) {
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
