use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::quote;

/// Keeps an impl out of what the compiler recommends, where that attribute can be named.
///
/// Under `#![no_implicit_prelude]` it cannot, and only the source says whether that is there: of the
/// crate root, or of the file at hand.
pub(super) fn do_not_recommend() -> Option<TokenStream> {
    let file = Span::call_site().local_file()?;
    let root = env::args_os().skip(1).map(PathBuf::from);
    let root = root.filter(|argument| argument.extension().is_some_and(|it| it == "rs"));
    let mut files = root.chain([file]);
    files
        .all(|file| has_prelude(&file))
        .then(|| quote!(#[diagnostic::do_not_recommend]))
}

fn has_prelude(file: &Path) -> bool {
    static KNOWN: Mutex<Option<HashMap<PathBuf, bool>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(&has_it) = known.get(file) {
        return has_it;
    }
    let text = fs::read_to_string(file);
    let has_it = text.is_ok_and(|text| !text.contains("no_implicit_prelude"));
    known.insert(file.to_owned(), has_it);
    has_it
}
