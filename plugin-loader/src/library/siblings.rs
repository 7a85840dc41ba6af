//! Finds the libraries that a drop-in needs relative to its own directory, through `$ORIGIN`.
//!
//! The copy of the drop-in is in another directory. So these libraries are loaded first, each from its own path. When the system
//! loads the copy, it finds them by their `SONAME`.

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

/// The paths of the libraries that `library` finds through `$ORIGIN`, in the order in which it needs them. `directory` is the
/// directory of the library.
pub(super) fn siblings(library: &File, directory: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let cache = ReadCache::new(Blocks::new(library));
    // If this cannot be read, the system's loader reports an error.
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

/// The dynamic section of a library: the libraries that it needs, and the paths to search.
struct Dynamic<'a, R: ReadRef<'a>>(DynamicTable<'a, Header, R>);

impl<'a, R: ReadRef<'a>> Dynamic<'a, R> {
    fn of(data: R) -> object::Result<Self> {
        let header = Header::parse(data)?;
        let endian = header.endian()?;
        let sections = header.sections(endian, data)?;
        Ok(Self(sections.dynamic_table(endian, data)?))
    }

    /// The strings of the entries with a wanted tag.
    fn texts(&self, is_wanted: impl Fn(elf::DynamicTag) -> bool) -> impl Iterator<Item = &'a [u8]> {
        let wanted = self.0.iter().filter(move |entry| is_wanted(entry.tag));
        wanted.filter_map(|entry| self.0.string(entry).ok())
    }
}

/// Resolves a path such as `$ORIGIN/lib`; `None` if the path does not begin with `$ORIGIN`.
fn below(searched: &[u8], directory: &Path) -> Option<PathBuf> {
    let rest = searched
        .strip_prefix(b"$ORIGIN")
        .or_else(|| searched.strip_prefix(b"${ORIGIN}"))?;
    let rest = OsStr::from_bytes(rest.strip_prefix(b"/").unwrap_or(rest));
    Some(directory.join(rest))
}
