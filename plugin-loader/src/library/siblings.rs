//! The libraries that lie beside a drop-in, and which it finds by its own place: `$ORIGIN`.
//!
//! A copy has another place. So these libraries are loaded before it, each from where it lies; the system then takes
//! them for what the copy needs, by their names for others (`SONAME`).

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use object::elf;
use object::read::elf::FileHeader as _;
use object::read::{ReadCache, ReadRef};

use super::bytes::Blocks;
use super::elf::Header;
use super::refusal::Refusal;

/// The paths of the libraries that `library` finds in directories that it names from its own, in the order in which
/// it needs them. It lies in `directory`.
pub(super) fn siblings(library: &File, directory: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let cache = ReadCache::new(Blocks::new(library));
    // What cannot be read here, the system's loader complains of.
    let needs = Needs::of(&cache).unwrap_or_default();
    let directories: Vec<_> = needs
        .searched
        .iter()
        .filter_map(|searched| below(searched, directory))
        .collect();
    let mut siblings = Vec::new();
    for name in &needs.libraries {
        let paths = directories.iter().map(|directory| directory.join(name));
        let Some(path) = paths.into_iter().find(|path| path.is_file()) else {
            continue;
        };
        let file = super::file::open(&path)?.0;
        let cache = ReadCache::new(Blocks::new(&file));
        let own = Needs::of(&cache).unwrap_or_default().own_name;
        if own.as_deref() != Some(OsStr::new(name)) {
            let sibling = path;
            return Err(Refusal::NamelessSibling { sibling });
        }
        siblings.push(path);
    }
    Ok(siblings)
}

/// What the dynamic section of a library says.
#[derive(Default)]
struct Needs {
    own_name: Option<OsString>,
    libraries: Vec<OsString>,
    searched: Vec<Vec<u8>>,
}

impl Needs {
    fn of<'a>(data: impl ReadRef<'a>) -> object::Result<Self> {
        let header = Header::parse(data)?;
        let endian = header.endian()?;
        let sections = header.sections(endian, data)?;
        let table = sections.dynamic_table(endian, data)?;
        let mut needs = Self::default();
        for entry in &table {
            match entry.tag {
                elf::DT_SONAME => {
                    needs.own_name = Some(OsStr::from_bytes(table.string(entry)?).to_owned());
                }
                elf::DT_NEEDED => {
                    let name = OsStr::from_bytes(table.string(entry)?);
                    needs.libraries.push(name.to_owned());
                }
                elf::DT_RPATH | elf::DT_RUNPATH => {
                    let paths = table.string(entry)?.split(|byte| *byte == b':');
                    needs.searched.extend(paths.map(<[u8]>::to_vec));
                }
                _ => {}
            }
        }
        Ok(needs)
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
