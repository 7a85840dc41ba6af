//! The libraries that lie beside a drop-in, and which it finds by its own place: `$ORIGIN`.
//!
//! A copy has another place. So these libraries are loaded before it, each from where it lies; the system then takes
//! them for what the copy needs, by their names for others (`SONAME`).

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use object::elf;
use object::read::elf::{DynamicTable, FileHeader as _};
use object::read::{ReadCache, ReadRef};

use super::bytes::Blocks;
use super::elf::Header;
use super::refusal::Refusal;

/// The paths of the libraries that `library` finds in directories that it names from its own, in the order in which
/// it needs them. It lies in `directory`.
pub(super) fn siblings(library: &File, directory: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let cache = ReadCache::new(Blocks::new(library));
    // What cannot be read here, the system's loader complains of.
    let Ok(dynamic) = Dynamic::of(&cache) else {
        return Ok(Vec::new());
    };
    let searched = dynamic.texts(|tag| matches!(tag, elf::DT_RPATH | elf::DT_RUNPATH));
    let searched = searched.flat_map(|paths| paths.split(|byte| *byte == b':'));
    let directories: Vec<_> = searched
        .filter_map(|searched| below(searched, directory))
        .collect();
    if directories.is_empty() {
        return Ok(Vec::new());
    }
    let mut siblings = Vec::new();
    for name in dynamic.texts(|tag| tag == elf::DT_NEEDED) {
        let name = OsStr::from_bytes(name);
        let mut paths = directories.iter().map(|directory| directory.join(name));
        let Some(path) = paths.find(|path| path.is_file()) else {
            continue;
        };
        let file = super::file::open(&path)?.0;
        let cache = ReadCache::new(Blocks::new(&file));
        let own = Dynamic::of(&cache).ok();
        let own = own.and_then(|own| own.texts(|tag| tag == elf::DT_SONAME).next());
        if own != Some(name.as_bytes()) {
            let sibling = path;
            return Err(Refusal::NamelessSibling { sibling });
        }
        siblings.push(path);
    }
    Ok(siblings)
}

/// What a library needs, and where it is to be searched.
struct Dynamic<'a, R: ReadRef<'a>>(DynamicTable<'a, Header, R>);

impl<'a, R: ReadRef<'a>> Dynamic<'a, R> {
    fn of(data: R) -> object::Result<Self> {
        let header = Header::parse(data)?;
        let endian = header.endian()?;
        let sections = header.sections(endian, data)?;
        Ok(Self(sections.dynamic_table(endian, data)?))
    }

    /// The texts of the entries with such a tag.
    fn texts(&self, is_wanted: impl Fn(elf::DynamicTag) -> bool) -> impl Iterator<Item = &'a [u8]> {
        let wanted = self.0.iter().filter(move |entry| is_wanted(entry.tag));
        wanted.filter_map(|entry| self.0.string(entry).ok())
    }
}

/// The directory that is meant by `$ORIGIN/lib`, say; `None` for one that does not begin so.
fn below(searched: &[u8], directory: &Path) -> Option<PathBuf> {
    let rest = searched
        .strip_prefix(b"$ORIGIN")
        .or_else(|| searched.strip_prefix(b"${ORIGIN}"))?;
    let rest = OsStr::from_bytes(rest.strip_prefix(b"/").unwrap_or(rest));
    Some(directory.join(rest))
}
