use std::collections::HashSet;

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::{MOST_INTERFACES, Plugin, Priority};
use crate::errors::Errors;

pub(crate) fn plugin(plugin: &Plugin, errors: &mut Errors) {
    interfaces(plugin, errors);
    if let Some(value) = &plugin.settings.name {
        name(value, errors);
    }
    if let Some(value) = &plugin.settings.priority {
        priority(value, errors);
    }
    super::tags(&plugin.tags, errors);
}

fn interfaces(plugin: &Plugin, errors: &mut Errors) {
    // Without a path that can be read, there is an error already.
    if plugin.interfaces.is_empty() && errors.is_empty() {
        let message = "`#[plugin]` does not say which interface\n\
                       help: name the trait: `#[plugin(Interface)]`";
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

/// A name is typed on command lines, printed in tables, and written to files.
fn name(name: &LitStr, errors: &mut Errors) {
    let value = name.value();
    if value.is_empty() {
        let message = "a plugin's name cannot be empty\n\
                       help: leave `name` out to use the static's own name";
        errors.push(name.span(), message);
    } else if value.chars().any(char::is_control) {
        let message = "a plugin's name cannot contain control characters\nhelp: remove them";
        errors.push(name.span(), message);
    }
}

fn priority(priority: &Priority, errors: &mut Errors) {
    if i32::try_from(priority.value).is_err() {
        let message = format!(
            "`priority` is out of range\nhelp: give an integer from {} to {}",
            i32::MIN,
            i32::MAX
        );
        errors.push(priority.literal.span(), message);
    }
}
