//! What is in an `rlib`, as far as a linker has to be told of it.
//!
//! Rust tells most linkers itself which statics of a crate are to be kept. It does not on
//! WebAssembly, and nobody does for the program in C that a `staticlib` becomes part of: there, an
//! object file of which nothing is used is left out.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The symbols of the statics by which plugins are found, in an `rlib` and in the crates that it is
/// made with.
pub(super) fn symbols(path: &Path) -> BTreeSet<String> {
    let archives = dependencies(path).unwrap_or_default();
    let archives = archives.iter().map(PathBuf::as_path).chain([path]);
    archives.filter_map(table).flatten().collect()
}

/// The crates that an `rlib` is made with: those whose files lie beside it, and that its metadata
/// names. It names them by what Cargo puts into the names of files, as in `round-d016417162387a13`.
fn dependencies(path: &Path) -> Option<Vec<PathBuf>> {
    let bytes = fs::read(path).ok()?;
    let words = bytes.split(|&byte| byte == b'-');
    let hashes: BTreeSet<&[u8]> = words
        .filter_map(|word| word.get(..16))
        .filter(|hash| hash.iter().all(u8::is_ascii_hexdigit))
        .collect();
    let beside = fs::read_dir(path.parent()?).ok()?;
    let beside = beside.filter_map(|entry| Some(entry.ok()?.path()));
    let is_named = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let hash = stem.and_then(|stem| Some(stem.rsplit_once('-')?.1));
        path.extension().is_some_and(|ending| ending == "rlib")
            && hash.is_some_and(|hash| hashes.contains(hash.as_bytes()))
    };
    Some(beside.filter(is_named).collect())
}

/// The symbols of the statics by which plugins are found; `None` where the file is no archive whose
/// first member is a table of symbols.
fn table(path: &Path) -> Option<Vec<String>> {
    // The archive's magic number, and the header of its first member.
    let mut head = [0; 8 + 60];
    let mut file = File::open(path).ok()?;
    file.read_exact(&mut head).ok()?;
    let (magic, header) = head.split_at(8);
    let (name, size) = (&header[..16], &header[48..58]);
    if magic != b"!<arch>\n" || name.trim_ascii() != b"/" {
        return None;
    }
    let size = std::str::from_utf8(size.trim_ascii()).ok()?.parse().ok()?;
    let mut table = Vec::new();
    file.take(size).read_to_end(&mut table).ok()?;

    // How many there are, where each of them is, and then their names.
    let (count, rest) = table.split_first_chunk()?;
    let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
    let names = rest.get(count.checked_mul(4)?..)?.split(|&byte| byte == 0);
    let names = names.filter_map(|name| std::str::from_utf8(name).ok());
    let registrations = names.take(count).filter(|name| is_registration(name));
    Some(registrations.map(str::to_owned).collect())
}

/// Whether it is one of the statics that `plugin-core` or inventory mark with `#[used]`.
fn is_registration(symbol: &str) -> bool {
    // _ZN5round1_27PLUGIN_BALL_AS_ISHAPE17h195f010e5b04867dE
    let path = match symbol.rsplit_once("17h") {
        Some((path, hash)) if hash.len() == 17 && hash.ends_with('E') => path,
        _ => symbol,
    };
    ["__CTOR", "__PLUGIN_LISTED", "__PLUGIN_HOST"]
        .iter()
        .any(|name| path.ends_with(name))
        || super::names_a_plugin(path.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::is_registration;

    #[test]
    fn registrations_are_told_from_other_symbols() {
        for symbol in [
            "_ZN5round7private1_21PLUGIN_BALL_AS_ISHAPE17h195f010e5b04867dE",
            "_ZN11plugin_core9interface1_1_15__PLUGIN_LISTED17h195f010e5b04867dE",
            "_RNvNvCskzeItk8XHWz_5round1__21PLUGIN_BALL_AS_ISHAPE",
            "_RNvNvNvCskzeItk8XHWz_5round1__1__6___CTOR",
        ] {
            assert!(is_registration(symbol), "{symbol}");
        }
        for symbol in [
            "_ZN5round7private1_13__PLUGIN_INFO17h0fab0789f99b5de2E",
            "_ZN5round1_13__PLUGIN_INFO28_$u7b$$u7b$closure$u7d$$u7d$17h62be489997fafb36E",
            "_ZN46_$LT$round..Clock$u20$as$u20$shape..IClock$GT$3now17h77e35a4790c3b0f7E",
            "_RNvNvNvNtCskzeItk8XHWz_5round7private1__1__6___ctor",
            "_RNvNtCskzeItk8XHWz_5round7private11PLUGIN_PATH",
            "",
        ] {
            assert!(!is_registration(symbol), "{symbol}");
        }
    }
}
