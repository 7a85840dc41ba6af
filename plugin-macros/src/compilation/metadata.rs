//! What a library's metadata say of the crates that it is made with.
//!
//! The compiler promises nothing of their form: what is not as it is known is not read at all.

use std::path::Path;

use super::position;

/// A crate that another one is made with, directly or not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    /// `None` where it is a word that the compiler knows by number, such as `core`.
    pub(super) name: Option<String>,
    /// What is added to the name for the file's, as in `-0123456789abcdef`.
    pub(super) extra: String,
    pub(super) hash: [u8; 16],
    /// Whether it is a crate of procedural macros.
    pub(super) is_tool: bool,
}

impl Dependency {
    /// What the name of its file begins with.
    pub(super) fn file(&self) -> String {
        format!("lib{}{}", self.name.as_deref().unwrap_or("*"), self.extra)
    }

    /// Whether the file's name is one of this crate.
    pub(super) fn is_named(&self, path: &Path) -> bool {
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
            return false;
        };
        let name = stem.strip_suffix(&self.extra);
        match (&self.name, name) {
            (Some(wanted), Some(name)) => name.strip_prefix("lib").unwrap_or(name) == wanted,
            (None, Some(_)) => true,
            (_, None) => false,
        }
    }

    /// Whether the library's metadata are this crate's own.
    pub(super) fn is_in(&self, mut bytes: &[u8]) -> bool {
        while let Some(start) = position(bytes, &self.hash) {
            // Its own hash stands after the target's name, that of another crate after a name of its own.
            let before = bytes[..start].strip_suffix(&[END_OF_TEXT]).unwrap_or(&[]);
            let is_text = |byte: &&u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
            let target = before.iter().rev().take_while(is_text);
            if target.skip(1).any(|&byte| byte == b'-') && before.len() + 1 == start {
                return true;
            }
            bytes = &bytes[start + 1..];
        }
        false
    }
}

const END_OF_TEXT: u8 = 0xc1;

/// The crates that the crate of the library is made with; none where the metadata are elsewhere, or
/// cannot be read.
pub(super) fn dependencies(mut bytes: &[u8]) -> Vec<Dependency> {
    // The version of the format, and where the last part begins.
    const REST: usize = 1 + 8;

    while let Some(start) = position(bytes, b"rust\0\0\0") {
        bytes = &bytes[start + 7..];
        let mut reader = Reader(bytes.get(REST..).unwrap_or_default());
        if reader.text().is_some_and(|text| text.starts_with("rustc ")) {
            let mut dependencies = Vec::new();
            while let Some(dependency) = reader.dependency() {
                dependencies.push(dependency);
            }
            if reader.stands_before_another() {
                dependencies.clear();
            }
            return dependencies;
        }
    }
    Vec::new()
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// Stays where it is when it is at something else.
    fn dependency(&mut self) -> Option<Dependency> {
        let mut reader = Reader(self.0);
        let name = match reader.byte()? {
            0 => Some(reader.text()?),
            // The place of a name that was there before, or the number of one that is known.
            1 | 2 => {
                reader.number()?;
                None
            }
            _ => return None,
        };
        let hash = reader.hash()?;
        match reader.byte()? {
            0 => {}
            1 => drop(reader.hash()?),
            _ => return None,
        }
        let kind = reader.byte().filter(|kind| *kind <= 2)?;
        let extra = reader.text()?;
        reader.byte().filter(|is_private| *is_private <= 1)?;
        self.0 = reader.0;
        Some(Dependency {
            name,
            extra,
            hash,
            is_tool: kind == 0,
        })
    }

    /// Whether a crate follows that has not been understood, as far as Cargo's names of files tell.
    fn stands_before_another(&self) -> bool {
        let near = &self.0[..self.0.len().min(128)];
        near.windows(19).any(|text| {
            let hash = text.strip_prefix(&[17, b'-']);
            let hash = hash.and_then(|text| text.strip_suffix(&[END_OF_TEXT]));
            hash.is_some_and(|hash| hash.iter().all(u8::is_ascii_hexdigit))
        })
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn hash(&mut self) -> Option<[u8; 16]> {
        let (hash, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*hash)
    }

    /// Seven bits in each byte, the lowest ones first.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let len = self.number()?;
        let text = self.0.get(..len)?;
        self.0 = self.0[len..].strip_prefix(&[END_OF_TEXT])?;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Dependency, dependencies};

    const START: &[u8] = b"\x7fELFrust\0\0\0\x0a\0\0\0\0\0\0\0\0\x0crustc 1.95.0\xc1";
    /// One that the compiler knows by number, a tool for another target, and one of Cargo's.
    const CORE: &[u8] = b"\x02\xba\x0eHASH_OF_CORE____\0\x02\x05-1234\xc1\0";
    const TOOL: &[u8] = b"\0\x04tool\xc1HASH_OF_TOOL____\x01HASH_OF_THE_HOST\0\0\xc1\x01";
    const ROUND: &[u8] = b"\0\x05round\xc1HASH_OF_ROUND___\0\x02\x11-0123456789abcdef\xc1\0";

    fn files(bytes: &[&[u8]]) -> Vec<String> {
        let dependencies = dependencies(&bytes.concat());
        dependencies.iter().map(Dependency::file).collect()
    }

    #[test]
    fn each_dependency_is_read() {
        let all = &[START, CORE, TOOL, ROUND, &[0, 0, 1]];
        assert_eq!(
            files(all),
            ["lib*-1234", "libtool", "libround-0123456789abcdef"]
        );
        let tools = dependencies(&all.concat());
        let tools: Vec<bool> = tools.iter().map(|krate| krate.is_tool).collect();
        assert_eq!(tools, [false, true, false]);
    }

    #[test]
    fn what_is_not_as_it_is_known_is_not_read() {
        assert!(files(&[b"rust\0\0\0\x0a", CORE]).is_empty());
        assert!(files(&[START, b"\0\x18x86_64-unknown-linux-gnu\xc1"]).is_empty());
        // One of the parts is another.
        assert!(files(&[START, CORE, b"\x07", ROUND]).is_empty());
    }

    #[test]
    fn a_library_is_told_from_those_that_are_made_with_it() {
        let round = &dependencies(&[START, ROUND].concat())[0];
        assert!(round.is_named(Path::new("deps/libround-0123456789abcdef.rlib")));
        assert!(round.is_named(Path::new("round-0123456789abcdef.dll")));
        assert!(!round.is_named(Path::new("libaround-0123456789abcdef.rlib")));
        assert!(!round.is_named(Path::new("libround.rlib")));
        assert!(round.is_in(b"\x18x86_64-unknown-linux-gnu\xc1HASH_OF_ROUND___\0"));
        assert!(!round.is_in(ROUND));
    }
}
