use proc_macro2::{TokenStream, TokenTree};

use crate::compilation::Build;

/// `"1.91" { for this compiler and newer ones } else { for older ones, and unknown ones }`
pub(crate) fn since(build: &Build, choice: TokenStream) -> TokenStream {
    let [Some(version), newer, _, older] = ({
        let mut choice = choice.into_iter();
        std::array::from_fn(|_| choice.next())
    }) else {
        return TokenStream::new();
    };
    let version = version.to_string();
    let chosen = match (numbers(version.trim_matches('"')), numbers(&build.release)) {
        (Some(wanted), Some(here)) if here >= wanted => newer,
        _ => older,
    };
    match chosen {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    }
}

/// As in `1.95.0` or `1.97.0-nightly`.
fn numbers(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}
