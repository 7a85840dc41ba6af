use std::collections::HashSet;

use proc_macro2::Span;
use quote::ToTokens as _;

use syn::spanned::Spanned as _;
use syn::{LitInt, LitStr};

use crate::ast::{MOST_INTERFACES, Plugin, Priority, Text};
use crate::errors::Errors;

pub(crate) fn plugin(plugin: &Plugin, errors: &mut Errors) {
    interfaces(plugin, errors);
    if let Some(Text::Literal(value)) = &plugin.settings.name {
        text("name", "the item's own name", value, errors);
    }
    if let Some(Text::Literal(value)) = &plugin.settings.id {
        text("id", "the item's path", value, errors);
    }
    if let Some(Priority::Literal(value, literal)) = &plugin.settings.priority {
        priority(*value, literal, errors);
    }
    super::tags(&plugin.tags, errors);
}

fn interfaces(plugin: &Plugin, errors: &mut Errors) {
    // Without a path that can be read, there is an error already.
    if plugin.interfaces.is_empty() && errors.is_empty() {
        let message = "`#[plugin]` lists no interface\n\
                       help: list at least one, as in `#[plugin(IMaterial)]`";
        errors.push(Span::call_site(), message);
    }
    if let Some(path) = plugin.interfaces.get(MOST_INTERFACES) {
        let message = format!(
            "a plugin can list up to {MOST_INTERFACES} interfaces\n\
             help: list the others on another static"
        );
        errors.push(path.span(), message);
    }
    let mut seen = HashSet::new();
    for path in &plugin.interfaces {
        if !seen.insert(path.to_token_stream().to_string()) {
            let name = &path.segments.last().expect("a path has a segment").ident;
            let message = format!("`{name}` is listed twice\nhelp: name it once");
            errors.push(name.span(), message);
        }
    }
}

/// A name, and an id, is typed on command lines, printed in tables, and written to files.
///
/// What is no literal, plugin-core checks while it is compiled: in the same words.
fn text(key: &str, default: &str, literal: &LitStr, errors: &mut Errors) {
    let text = literal.value();
    let message = if text.is_empty() {
        format!("a plugin's {key} cannot be empty\nhelp: leave `{key}` out to use {default}")
    } else if text.chars().any(char::is_control) {
        format!("a plugin's {key} cannot contain control characters\nhelp: remove them")
    } else if text.trim() != text {
        format!("a plugin's {key} cannot begin or end with white space\nhelp: remove it")
    } else {
        return;
    };
    errors.push(literal.span(), message);
}

fn priority(value: i64, literal: &LitInt, errors: &mut Errors) {
    if i32::try_from(value).is_err() {
        let message = format!(
            "`priority` is out of range\nhelp: give an integer from {} to {}",
            i32::MIN,
            i32::MAX
        );
        errors.push(literal.span(), message);
    }
}
