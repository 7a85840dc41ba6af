//! What is in an `rlib`, as far as a linker has to be told of it.
//!
//! Rust tells most linkers itself which statics of a crate are to be kept. It does not on
//! WebAssembly, and nobody does for the program in C that a `staticlib` becomes part of: there, an
//! object file of which nothing is used is left out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The symbols of the statics by which plugins are found; `None` where the file cannot be read.
pub(super) fn symbols(path: &Path) -> Option<Vec<String>> {
    let names = names(File::open(path).ok()?)?;
    let names = names.split(|&byte| byte == 0);
    let names = names.filter_map(|name| std::str::from_utf8(name).ok());
    let registrations = names.filter(|name| is_registration(name));
    Some(registrations.map(str::to_owned).collect())
}

/// The names in the table of symbols, which is an archive's first member, with a zero byte after each.
fn names(mut archive: impl Read) -> Option<Vec<u8>> {
    // The archive's magic number, and the header of its first member.
    let mut head = [0; 8 + 60];
    archive.read_exact(&mut head).ok()?;
    let (magic, header) = head.split_at(8);
    if magic != b"!<arch>\n" {
        return None;
    }
    let name = header[..16].trim_ascii();
    let size = std::str::from_utf8(header[48..58].trim_ascii()).ok()?;
    let mut member = Vec::new();
    archive
        .take(size.parse().ok()?)
        .read_to_end(&mut member)
        .ok()?;

    if name == b"/" {
        // How many there are, where each of them is, and then their names.
        let (count, rest) = member.split_first_chunk()?;
        let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
        return Some(rest.get(count.checked_mul(4)?..)?.to_vec());
    }
    // Apple's: the member's own name, then two tables, and before each of them its size.
    let len = name.strip_prefix(b"#1/")?;
    let len = std::str::from_utf8(len).ok()?.parse().ok()?;
    let (name, rest) = member.split_at_checked(len)?;
    if !name.starts_with(b"__.SYMDEF\0") && !name.starts_with(b"__.SYMDEF SORTED\0") {
        return None;
    }
    let table = |bytes: &[u8]| {
        let (size, rest) = bytes.split_first_chunk()?;
        let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
        let (table, rest) = rest.split_at_checked(size)?;
        Some((table.to_vec(), rest.to_vec()))
    };
    let (_, rest) = table(rest)?;
    let (names, _) = table(&rest)?;
    // What is called `name` in Rust is `_name` there.
    let names = names.split_inclusive(|&byte| byte == 0);
    Some(
        names
            .flat_map(|name| name.strip_prefix(b"_").unwrap_or(name))
            .copied()
            .collect(),
    )
}
/// Whether it is one of the statics that `plugin-core` marks with `#[used]`.
fn is_registration(symbol: &str) -> bool {
    // _ZN5round1_27PLUGIN_BALL_AS_ISHAPE17h195f010e5b04867dE
    let path = match symbol.rsplit_once("17h") {
        Some((path, hash)) if hash.len() == 17 && hash.ends_with('E') => path,
        _ => symbol,
    };
    ["__PLUGIN_CONSTRUCTOR", "__PLUGIN_LISTED", "__PLUGIN_HOST"]
        .iter()
        .any(|name| path.ends_with(name))
        || super::names_a_plugin(path.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{is_registration, names};

    fn archive(name: &str, member: &[u8]) -> Vec<u8> {
        let header = format!("{name:<48}{:<10}`\n", member.len());
        [b"!<arch>\n", header.as_bytes(), member].concat()
    }

    #[test]
    fn each_table_of_symbols_is_read() {
        let gnu = archive("/", b"\0\0\0\x02\0\0\0\0\0\0\0\0_A\0B\0");
        assert_eq!(names(&*gnu).unwrap(), b"_A\0B\0");
        let table = [&[8, 0, 0, 0][..], &[0; 8], &[7, 0, 0, 0], b"__A\0_B\0"].concat();
        let named = [&b"__.SYMDEF\0\0\0"[..], &table].concat();
        let apple = archive("#1/12", &named);
        assert_eq!(names(&*apple).unwrap(), b"_A\0B\0");
    }

    #[test]
    fn what_is_no_table_is_not_read() {
        assert_eq!(names(&b"rust\0\0\0\n"[..]), None);
        assert_eq!(names(&*archive("lib.rmeta/", b"")), None);
        assert_eq!(names(&*archive("/SYM64/", &[0; 8])), None);
        assert_eq!(names(&*archive("/", &[0, 0, 0, 9])), None);
    }

    #[test]
    fn registrations_are_told_from_other_symbols() {
        for symbol in [
            "_ZN5round7private1_21PLUGIN_BALL_AS_ISHAPE17h195f010e5b04867dE",
            "_ZN11plugin_core9interface1_1_15__PLUGIN_LISTED17h195f010e5b04867dE",
            "_RNvNvCskzeItk8XHWz_5round1__21PLUGIN_BALL_AS_ISHAPE",
            "_RNvNvCskzeItk8XHWz_5round1__20___PLUGIN_CONSTRUCTOR",
        ] {
            assert!(is_registration(symbol), "{symbol}");
        }
        for symbol in [
            "_ZN5round7private1_13__PLUGIN_INFO17h0fab0789f99b5de2E",
            "_ZN5round1_13__PLUGIN_INFO28_$u7b$$u7b$closure$u7d$$u7d$17h62be489997fafb36E",
            "_ZN46_$LT$round..Clock$u20$as$u20$shape..IClock$GT$3now17h77e35a4790c3b0f7E",
            "_RNvNvNtCskzeItk8XHWz_5round7private1__3add",
            "_RNvNtCskzeItk8XHWz_5round7private11PLUGIN_PATH",
            "",
        ] {
            assert!(!is_registration(symbol), "{symbol}");
        }
    }
}
