//! Whether another attribute has copied `#[interface]` to an item that it has made.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

/// The item is one that somebody's attribute has made, and the attribute that of the item below it.
///
/// What stands in the source at the place of each token tells. An editor does not say, and then it is not.
pub(super) fn is_copied(item: &TokenStream) -> bool {
    let attribute = Span::call_site().source_text();
    attribute.is_some_and(|text| is_written(&text)) && is_made(item)
}

/// Whether the user has written this attribute, and no macro.
fn is_written(attribute: &str) -> bool {
    let path = attribute.trim_start_matches("#[").trim_end_matches(']');
    let path = path.split('(').next().unwrap_or(path).trim();
    path.rsplit("::").next().map(str::trim) == Some("interface")
}

/// Whether neither the keyword nor the name is what the source has there. Another attribute may make an item
/// anew, and leave it its name.
fn is_made(item: &TokenStream) -> bool {
    const KEYWORDS: [&str; 4] = ["trait", "struct", "enum", "impl"];

    let mut trees = item.clone().into_iter();
    let keyword = trees.find_map(|tree| match tree {
        TokenTree::Ident(word) if KEYWORDS.iter().any(|keyword| word == keyword) => Some(word),
        _ => None,
    });
    let name = trees.find_map(|tree| match tree {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    });
    match (keyword, name) {
        (Some(keyword), _) if keyword == "impl" => is_elsewhere(&keyword),
        (Some(keyword), Some(name)) => is_elsewhere(&keyword) && is_elsewhere(&name),
        _ => false,
    }
}

fn is_elsewhere(word: &Ident) -> bool {
    let text = word.span().source_text();
    text.is_some_and(|text| word.unraw() != text.trim_start_matches("r#"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_of_the_user_s_names_the_macro() {
        for text in [
            "#[interface]",
            "#[interface(one)]",
            "#[plugin_core::interface]",
            "#[ plugin_core :: interface ]",
            "interface",
        ] {
            assert!(is_written(text), "{text}");
        }
        for text in [
            "#[automock]",
            "#[make_interface]",
            "#[interface::of(1)]",
            "",
        ] {
            assert!(!is_written(text), "{text}");
        }
    }
}
