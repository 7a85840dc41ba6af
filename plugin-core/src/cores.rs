//! Finds all copies of plugin-core in this program: two copies do not see each other's plugins.
//!
//! Each copy puts a text into a section that has the same name in all of them, so that each finds the others.

// Without std, and without sections, nobody uses it.
#![cfg_attr(not(feature = "std"), allow(dead_code))]

use crate::plugin::text::{joined, length};

const PARTS: &[&str] = &[
    match option_env!("CARGO_PKG_VERSION") {
        Some(version) => version,
        None => "",
    },
    " ",
    file!(),
    "\0",
];

const LENGTH: usize = length(PARTS);

/// A version, a space, and the path of this file. What other versions put there has the same form.
pub(crate) const THIS: [u8; LENGTH] = joined(PARTS);

/// The version and the directory of each copy, in this order, but this one first. Empty on targets where
/// copies do not know of each other.
#[cfg(feature = "std")]
pub(crate) fn all() -> std::vec::Vec<(&'static str, &'static str)> {
    read(crate::backend::cores())
}

#[cfg(feature = "std")]
fn read(section: &'static [u8]) -> std::vec::Vec<(&'static str, &'static str)> {
    let copy = |text: &'static [u8]| {
        let (version, file) = core::str::from_utf8(text).ok()?.split_once(' ')?;
        let place = ["/src/cores.rs", "\\src\\cores.rs"]
            .iter()
            .find_map(|end| file.strip_suffix(end));
        Some((version, place.unwrap_or(file)))
    };
    // A linker may leave gaps, which are zeros.
    let texts = section.split(|byte| *byte == 0);
    let copies = texts.filter_map(copy);
    let this = copy(&THIS[..LENGTH - 1]);
    let mut copies = crate::order::all_pairs(copies);
    if let Some(first) = copies.iter().position(|copy| Some(*copy) == this) {
        copies[..=first].rotate_right(1);
    }
    copies
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_one_copy_has_one() {
        for (version, place) in all() {
            assert_eq!(version, env!("CARGO_PKG_VERSION"));
            assert!(place.ends_with("plugin-core"), "{place}");
        }
        assert!(all().len() <= 1);
    }

    #[test]
    fn what_another_copy_says_is_read() {
        let section =
            b"0.2.0 /b c/src/cores.rs\0\0 /a/src/cores.rs\x000.2.0 C:\\c\\src\\cores.rs\x000.3.0 /elsewhere.rs\0\xff 1\0nothing\0";
        assert_eq!(
            read(section),
            [
                ("", "/a"),
                ("0.2.0", "/b c"),
                ("0.2.0", "C:\\c"),
                ("0.3.0", "/elsewhere.rs")
            ]
        );
    }
}
