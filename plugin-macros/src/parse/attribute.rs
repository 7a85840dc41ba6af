//! Doc comments and tags.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Result};
use syn::spanned::Spanned as _;
use syn::{Attribute, Error, Expr, ExprLit, Ident, Lit, LitStr, Meta, Path, Token};

use crate::ast::{DocPart, Docs, Tag};
use crate::errors::Errors;

/// Our attributes on one item.
pub(super) struct Taken {
    pub(super) tags: Vec<Tag>,
    /// Where each `#[attribute]` is.
    pub(super) attributes: Vec<Span>,
}

/// Takes our attributes out of the list of an item that `#[owner]` reads.
pub(super) fn take(
    attrs: &mut Vec<Attribute>,
    owner: &str,
    krate: Option<&Path>,
    errors: &mut Errors,
) -> Taken {
    let mut taken = Taken {
        tags: Vec::new(),
        attributes: Vec::new(),
    };
    attrs.retain(|attr| {
        if is_ours(attr.path(), krate, "tag") {
            taken.tags.extend(errors.keep(tag(attr)));
        } else if is_ours(attr.path(), krate, "attribute") {
            if let Meta::List(list) = &attr.meta {
                let message = "`#[attribute]` takes no arguments\nhelp: write `#[attribute]`";
                errors.push(list.tokens.span(), message);
            }
            taken.attributes.push(attr.path().span());
        } else if is_ours(attr.path(), krate, owner) {
            let help = match owner {
                "plugin" => "list all interfaces in one `#[plugin(…)]`",
                _ => "remove one of them",
            };
            errors.push(attr.path().span(), format!("`#[{owner}]` is given twice\nhelp: {help}"));
        } else if let Some(span) = behind_cfg_attr(attr) {
            let message = format!(
                "`#[{owner}]` cannot read attributes inside `cfg_attr`\n\
                 help: write the attribute without `cfg_attr`; if it has a condition, write the item twice, with `#[cfg(…)]` and \
                 `#[cfg(not(…))]`"
            );
            errors.push(span, message);
        } else {
            return true;
        }
        false
    });
    taken
}

// #[cfg_attr(condition, attribute, tag(key = "value"))]
fn behind_cfg_attr(attr: &Attribute) -> Option<Span> {
    let Meta::List(list) = &attr.meta else {
        return None;
    };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let mut tokens = list.tokens.clone().into_iter();
    // What stands at the start of an attribute is behind a comma.
    while let Some(tree) = tokens.next() {
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ',') {
            match tokens.next() {
                Some(TokenTree::Ident(ident)) if ident == "attribute" || ident == "tag" => {
                    return Some(ident.span());
                }
                _ => {}
            }
        }
    }
    None
}

/// `#[name]` or `#[plugin_core::name]`.
fn is_ours(path: &Path, krate: Option<&Path>, name: &str) -> bool {
    let is_in = |krate: &Path| {
        let mut segments = path.segments.iter().map(|segment| &segment.ident);
        segments.next_back().is_some_and(|last| last == name)
            && segments.eq(krate.segments.iter().map(|segment| &segment.ident))
    };
    path.is_ident(name) || krate.is_some_and(is_in)
}

// #[tag(key = "value")]
fn tag(attr: &Attribute) -> Result<Tag> {
    let Meta::List(list) = &attr.meta else {
        return Err(malformed_tag(attr.path().span()));
    };
    list.parse_args().map_err(|error| {
        // Without tokens, the parser can only point at where it was called.
        if list.tokens.is_empty() {
            malformed_tag(attr.path().span())
        } else {
            error
        }
    })
}

fn malformed_tag(span: Span) -> Error {
    Error::new(
        span,
        "a tag is a key and a value\nhelp: `#[tag(key = \"value\")]`",
    )
}

impl Parse for Tag {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !super::is_setting(input) {
            return Err(malformed_tag(input.span()));
        }
        let key = input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        let value = input.parse::<LitStr>().map_err(|error| {
            let message = format!(
                "the value of a tag must be a string literal\nhelp: `#[tag({key} = \"…\")]`"
            );
            Error::new(error.span(), message)
        })?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            let message = "a tag has one key and one value\nhelp: write a `#[tag(…)]` for each";
            return Err(Error::new(input.span(), message));
        }
        Ok(Self { key, value })
    }
}

/// Reads a doc comment in every form: `///`, `/** */`, `#[doc = "…"]`, `#[doc = include_str!("…")]`.
pub(super) fn docs(attrs: &[Attribute]) -> Docs {
    let values = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => Some(ungrouped(&meta.value)),
        _ => None,
    });
    let mut parts: Vec<DocPart> = Vec::new();
    for value in values {
        match value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(literal),
                ..
            }) => {
                let text = text(literal);
                match parts.last_mut() {
                    Some(DocPart::Text(before)) => {
                        before.push('\n');
                        before.push_str(&text);
                    }
                    _ => parts.push(DocPart::Text(text)),
                }
            }
            expr => parts.push(DocPart::Expr(Box::new(expr.clone()))),
        }
    }
    for part in &mut parts {
        if let DocPart::Text(text) = part {
            *text = unindent(text);
        }
    }
    Docs { parts }
}

/// What a `macro_rules!` fragment wraps in an invisible group.
fn ungrouped(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => ungrouped(&group.expr),
        expr => expr,
    }
}

/// The literal's text, where each line of a comment begins with the space behind its marker.
///
/// A `/** */` comment loses the column of stars that may decorate it, and a `#[doc = "…"]` gains
/// the space that it has not.
fn text(literal: &LitStr) -> String {
    let text = literal.value();
    let source = literal.span().source_text().unwrap_or_default();
    if source.starts_with("//") {
        return text;
    }
    if !source.starts_with("/*") {
        return text
            .lines()
            .map(|line| format!(" {line}"))
            .collect::<Vec<_>>()
            .join("\n");
    }
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.len() > 1 && lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let (first, rest) = lines.split_first().unwrap_or((&"", &[]));
    let starred = rest.iter().all(|line| line.trim_start().starts_with('*'));
    let rest = rest
        .iter()
        .map(|line| match line.trim_start().strip_prefix('*') {
            Some(line) if starred => line,
            _ => line,
        });
    let first = Some(*first).filter(|line| !line.trim().is_empty());
    first.into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

/// Takes away the indentation that all lines have, and the empty lines around them.
fn unindent(text: &str) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let least = filled.map(|line| indent(&line)).min().unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(least..).unwrap_or("").trim_end())
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
