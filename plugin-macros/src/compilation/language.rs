//! What the compiler was told of the crate's language, and what the crate's files say of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use proc_macro2::Span;

use super::arguments::Arguments;

/// The compiler's default.
pub(crate) fn is_edition_2015() -> bool {
    let arguments = Arguments::current();
    let edition = arguments.values("--edition").last();
    edition.is_none_or(|edition| edition == "2015")
}

/// Whether `#![no_implicit_prelude]` is in neither the crate root nor the file at hand: only the source
/// says so.
pub(crate) fn has_prelude() -> bool {
    let Some(file) = Span::call_site().local_file() else {
        return false;
    };
    let root = env::args_os().skip(1).map(PathBuf::from);
    let root = root.filter(|argument| argument.extension().is_some_and(|it| it == "rs"));
    root.chain([file]).all(|file| file_has_prelude(&file))
}

fn file_has_prelude(file: &Path) -> bool {
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
