//! The texts of a plugin, which are joined and checked while the program is compiled.

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

/// Not public API. Used by generated code.
///
/// # Panics
///
/// If nobody could type the text, or a list of such texts could not be read: this stops the build.
#[track_caller]
pub const fn check(key: Key, text: &str) {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        match key {
            Key::Name => panic!(
                "a plugin's name cannot be empty\n\
                 help: leave `name` out to use the item's own name"
            ),
            Key::Id => panic!(
                "a plugin's id cannot be empty\n\
                 help: leave `id` out to use the item's path"
            ),
        }
    }
    if has_control(bytes) {
        match key {
            Key::Name => {
                panic!("a plugin's name cannot contain control characters\nhelp: remove them")
            }
            Key::Id => panic!("a plugin's id cannot contain control characters\nhelp: remove them"),
        }
    }
    if starts_with_space(bytes) || ends_with_space(bytes) {
        match key {
            Key::Name => {
                panic!("a plugin's name cannot begin or end with white space\nhelp: remove it")
            }
            Key::Id => {
                panic!("a plugin's id cannot begin or end with white space\nhelp: remove it")
            }
        }
    }
}

/// Not public API. Used by generated code.
#[derive(Clone, Copy)]
pub enum Key {
    Name,
    Id,
}

/// Those below U+0020, and U+007F to U+009F.
const fn has_control(bytes: &[u8]) -> bool {
    let mut index = 0;
    while index < bytes.len() {
        match bytes[index] {
            0..0x20 | 0x7f => return true,
            0xc2 if bytes[index + 1] < 0xa0 => return true,
            _ => {}
        }
        index += 1;
    }
    false
}

const fn starts_with_space(bytes: &[u8]) -> bool {
    match bytes {
        [b' ', ..] => true,
        [0xc2, second, ..] => is_space(&[0xc2, *second]),
        [first, second, third, ..] => is_space(&[*first, *second, *third]),
        _ => false,
    }
}

const fn ends_with_space(bytes: &[u8]) -> bool {
    match bytes {
        [.., b' '] => true,
        [.., 0xc2, last] => is_space(&[0xc2, *last]),
        [.., third, second, last] => is_space(&[*third, *second, *last]),
        _ => false,
    }
}

/// Whether these bytes are a white space of Unicode that is neither ASCII nor a control character.
const fn is_space(letter: &[u8]) -> bool {
    matches!(
        letter,
        [0xc2, 0xa0]
            | [0xe1, 0x9a, 0x80]
            | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf]
            | [0xe2, 0x81, 0x9f]
            | [0xe3, 0x80, 0x80]
    )
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn length(parts: &[&str]) -> usize {
    let (mut length, mut index) = (0, 0);
    while index < parts.len() {
        length += parts[index].len();
        index += 1;
    }
    length
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn joined<const N: usize>(parts: &[&str]) -> [u8; N] {
    let mut joined = [0; N];
    let (mut at, mut index) = (0, 0);
    while index < parts.len() {
        let part = parts[index].as_bytes();
        let mut byte = 0;
        while byte < part.len() {
            joined[at] = part[byte];
            at += 1;
            byte += 1;
        }
        index += 1;
    }
    joined
}

/// Not public API. Used by generated code.
///
/// # Panics
///
/// If these are not the bytes of texts.
#[must_use]
pub const fn text(joined: &'static [u8]) -> &'static str {
    match core::str::from_utf8(joined) {
        Ok(text) => text,
        Err(_) => panic!("texts that are joined are a text"),
    }
}

/// Not public API. Used by generated code.
///
/// The texts of a plugin, in the order of `Text` in `info`: from literals alone, or where the name or the
/// id is another constant.
#[doc(hidden)]
#[macro_export]
macro_rules! plugin_text {
    ($origin:literal $path:literal $docs:expr) => {
        $crate::__private::core::concat!(
            $origin,
            $crate::__private::core::file!(),
            "\0",
            $crate::__private::core::line!(),
            "\0\0",
            $crate::__private::core::module_path!(),
            $path,
            $docs,
        )
    };
    ([$name:expr] $origin:literal [$($id:expr),*] $docs:expr) => {{
        const __PLUGIN_PARTS: &[&$crate::__private::core::primitive::str] = &[
            $name,
            $crate::__private::core::concat!(
                $origin,
                $crate::__private::core::file!(),
                "\0",
                $crate::__private::core::line!(),
                "\0",
            ),
            $($id,)*
            $crate::__private::core::concat!("\0", $docs),
        ];
        const __PLUGIN_JOINED: [$crate::__private::core::primitive::u8; $crate::__private::length(__PLUGIN_PARTS)] =
            $crate::__private::joined(__PLUGIN_PARTS);
        $crate::__private::text(&__PLUGIN_JOINED)
    }};
}

/// Not public API. Used by generated code.
///
/// The text of a doc comment, or nothing without the feature `docs`.
#[cfg(feature = "docs")]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_docs {
    ($($text:tt)*) => { $crate::__private::core::concat!($($text)*) };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "docs"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_docs {
    ($($text:tt)*) => {
        ""
    };
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    #[test]
    fn white_space_and_control_characters_are_those_of_unicode() {
        for letter in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = letter.encode_utf8(&mut bytes).as_bytes();
            assert_eq!(has_control(bytes), letter.is_control(), "{letter:?}");
            let is_space = letter.is_whitespace() && !letter.is_control();
            assert_eq!(starts_with_space(bytes), is_space, "{letter:?}");
            assert_eq!(ends_with_space(bytes), is_space, "{letter:?}");
            let text = std::format!("a{letter}b");
            assert!(!starts_with_space(text.as_bytes()), "{letter:?}");
            assert!(!ends_with_space(text.as_bytes()), "{letter:?}");
            let text = std::format!("{letter}ab{letter}");
            assert_eq!(starts_with_space(text.as_bytes()), is_space, "{letter:?}");
            assert_eq!(ends_with_space(text.as_bytes()), is_space, "{letter:?}");
        }
    }
}
