//! Caches the descriptions of the files in a directory.
//!
//! A cache is a text with one line for each file of the directory, sorted by name:
//!
//! ```text
//! plugin-loader 4 0.1.0 x86_64-unknown-linux-gnu "/usr/lib/matsim/plugins"
//! offers 409600 1764040392123456789 1764040392123456789 2049 131080 "libglass.so" {"package":"glass",…}
//! refused 12 1764040392123456789 1764040392123456789 2049 131081 "notes.so" {"code":"not-a-library"}
//! end 2 1f83d9abfb41bd6b
//! ```
//!
//! An entry depends only on the bytes of the file, not on the program that wrote it, so programs can share a cache. A cache need
//! not be trusted: each library is read again before it is loaded.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Deserializer;

use crate::library::file::{self, Folder, Identity, Trust};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;

/// The name of the cache in a drop-in directory, which `dropin refresh` writes.
pub(crate) const IN_DIRECTORY: &str = "dropin.cache";

/// The largest cache that is read or written.
const LARGEST: u64 = 1 << 24;

/// The cache entries of one directory, by file name.
#[derive(Debug, Default)]
pub(crate) struct Known {
    entries: HashMap<Box<str>, Entry>,
    /// Whether the entries differ from those in the cache file.
    is_changed: bool,
}

/// The description of a file in one state.
#[derive(Debug)]
struct Entry {
    identity: Identity,
    said: Said,
    /// Whether every later state of the file has another identity.
    is_settled: bool,
}

impl Entry {
    /// Whether another process may use the entry for a file of this identity.
    fn is_to_be_written(&self) -> bool {
        self.is_settled && !self.identity.has_whole_seconds()
    }
}

/// The description of a file, as JSON, since most descriptions are never parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A `Manifest`.
    Offers(Arc<str>),
    /// A `Refusal`.
    Refused(Arc<str>),
}

impl Said {
    pub(crate) fn new(manifest: Result<Manifest, Refusal>) -> Self {
        match manifest {
            Ok(manifest) => Self::Offers(json(&manifest).into()),
            Err(refusal) => Self::Refused(json(&refusal).into()),
        }
    }
}

/// Serializes a value as one line of JSON.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("every key is a string, and no number is infinite")
}

impl Known {
    /// The description of the file in this state, if the entry is settled.
    pub(crate) fn get(&self, name: &str, identity: &Identity) -> Option<Said> {
        let entry = self.entries.get(name)?;
        (entry.is_settled && entry.identity == *identity).then(|| entry.said.clone())
    }

    pub(crate) fn insert(&mut self, name: &str, identity: Identity, said: Said, is_settled: bool) {
        let entry = Entry {
            identity,
            said,
            is_settled,
        };
        self.is_changed |= entry.is_to_be_written();
        self.entries.insert(name.into(), entry);
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        let is_changed = &mut self.is_changed;
        self.entries.retain(|name, entry| {
            let is_kept = keep(name);
            *is_changed |= !is_kept && entry.is_to_be_written();
            is_kept
        });
    }

    /// Whether the entries have changed since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        mem::take(&mut self.is_changed)
    }
}

/// The path of the cache of a directory; `None` if there is no place for it.
pub(crate) fn path(directory: &Path, place: &Place, package: &str) -> Option<PathBuf> {
    let place = match place {
        Place::Nowhere => return None,
        Place::Inside => return Some(directory.join(IN_DIRECTORY)),
        Place::Directory(path) => path.clone(),
        Place::User => {
            let inside = directory.join(IN_DIRECTORY);
            if inside.exists() {
                return Some(inside);
            }
            user_caches()?.join(package)
        }
    };
    let hash = checksum(directory.as_os_str().as_encoded_bytes());
    Some(place.join(format!("{PREFIX}{hash:016x}")))
}

/// The place of the caches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Nowhere,
    /// In the drop-in directory if it has a cache already, or else below the user's caches.
    User,
    Directory(PathBuf),
    /// In the drop-in directory.
    Inside,
}

fn user_caches() -> Option<PathBuf> {
    // The user who started the process, and has fewer rights, chose its environment.
    if file::has_raised_privileges() {
        return None;
    }
    let absolute = |variable| {
        let path = PathBuf::from(env::var_os(variable)?);
        path.is_absolute().then_some(path)
    };
    if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_vendor = "apple") {
        absolute("HOME").map(|home| home.join("Library/Caches"))
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))
    }
}

/// Reads a cache. The result is empty if the cache is missing or damaged.
pub(crate) fn read(path: &Path, header: &str, trust: Trust) -> Known {
    text(path, trust)
        .and_then(|text| parse(&text, header))
        .unwrap_or_default()
}

fn text(path: &Path, trust: Trust) -> Option<String> {
    let folder = Folder::open(path.parent()?).ok()?;
    let file = folder.open_file(path.file_name()?).ok()?;
    let status = file::status_of_open(&file).ok()?;
    status.check(trust).ok()?;
    let size = status.identity.size;
    if size > LARGEST {
        return None;
    }
    String::from_utf8(file::read(&file, size).ok()?).ok()
}

fn parse(text: &str, header: &str) -> Option<Known> {
    let body = text.strip_prefix(header)?;
    let start = body
        .trim_end_matches('\n')
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let (body, end) = body.split_at(start);
    let mut known = Known::default();
    if end != footer(body.lines().count(), body) {
        return None;
    }
    for line in body.lines() {
        let mut fields = line.splitn(7, ' ');
        let verdict = fields.next()?;
        let identity = Identity {
            size: number(fields.next())?,
            modified: number(fields.next())?,
            changed: number(fields.next())?,
            device: number(fields.next())?,
            inode: number(fields.next())?,
        };
        let rest = fields.next()?;
        let mut values = Deserializer::from_str(rest).into_iter::<String>();
        let name = values.next()?.ok()?;
        let json = rest.get(values.byte_offset()..)?.strip_prefix(' ')?;
        let json = Arc::from(json);
        let said = match verdict {
            "offers" => Said::Offers(json),
            "refused" => Said::Refused(json),
            _ => return None,
        };
        let entry = Entry {
            identity,
            said,
            is_settled: true,
        };
        known.entries.insert(name.into(), entry);
    }
    Some(known)
}

fn number<T: FromStr>(field: Option<&str>) -> Option<T> {
    field?.parse().ok()
}

/// The first line of the cache of a directory.
pub(crate) fn header(target: &str, directory: &Path) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let directory = json(&directory.to_string_lossy());
    format!("plugin-loader 4 {version} {target} {directory}\n")
}

/// The directory in the first line of a cache.
fn directory(header: &str) -> Option<PathBuf> {
    let json = header
        .strip_prefix("plugin-loader ")?
        .splitn(4, ' ')
        .nth(3)?;
    let directory: String = serde_json::from_str(json).ok()?;
    // The header replaces what is not UTF-8, so the path may not be exact.
    let is_exact = !directory.contains(char::REPLACEMENT_CHARACTER);
    is_exact.then(|| directory.into())
}

fn footer(count: usize, body: &str) -> String {
    format!("end {count} {:016x}\n", checksum(body.as_bytes()))
}

/// Replaces a cache atomically.
pub(crate) fn write(path: &Path, header: &str, known: &Known) -> io::Result<()> {
    let place = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let text = print(header, known);
    // A longer cache would not be read, and the system kills a process that exceeds its limit.
    if text.len() as u64 > LARGEST.min(file::longest()) {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    fs::create_dir_all(place)?;
    sweep(place);
    let new = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(NEW)
        .tempfile_in(place)?;
    new.as_file().write_all(text.as_bytes())?;
    if path.file_name() == Some(IN_DIRECTORY.as_ref()) {
        file::let_everybody_read(new.as_file())?;
    }
    new.persist(path)?;
    Ok(())
}

const PREFIX: &str = "dropins-";
const NEW: &str = ".new";

/// Removes the temporary files of killed processes, and the caches of directories that no longer exist.
fn sweep(place: &Path) {
    const WRITING: Duration = Duration::from_secs(60);

    let is_old = |file: &fs::DirEntry| {
        let modified = file.metadata().and_then(|status| status.modified()).ok();
        modified.is_some_and(|time| time.elapsed().is_ok_and(|age| age > WRITING))
    };
    let is_orphan = |file: &fs::DirEntry| {
        let mut header = String::new();
        let opened = fs::File::open(file.path()).map(|file| file.take(LONGEST_HEADER));
        let read = opened.and_then(|file| BufReader::new(file).read_line(&mut header));
        read.is_ok()
            && directory(&header)
                .is_some_and(|directory| matches!(directory.try_exists(), Ok(false)))
    };
    for file in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && file.file_type().is_ok_and(|kind| kind.is_file());
        let is_left = if name.ends_with(NEW) {
            is_old
        } else {
            is_orphan
        } as fn(&fs::DirEntry) -> bool;
        if is_ours && is_left(&file) {
            let _ = fs::remove_file(file.path());
        }
    }
}

const LONGEST_HEADER: u64 = 16 << 10;

fn print(header: &str, known: &Known) -> String {
    let mut files: Vec<_> = known.entries.iter().collect();
    files.retain(|(_, entry)| entry.is_to_be_written());
    files.sort_unstable_by_key(|(name, _)| *name);
    let mut body = String::new();
    for (name, Entry { identity, said, .. }) in &files {
        let (verdict, said) = match said {
            Said::Offers(json) => ("offers", json),
            Said::Refused(json) => ("refused", json),
        };
        let Identity {
            size,
            modified,
            changed,
            device,
            inode,
        } = identity;
        let _ = writeln!(
            body,
            "{verdict} {size} {modified} {changed} {device} {inode} {} {said}",
            json(name)
        );
    }
    header.to_owned() + &body + &footer(files.len(), &body)
}

/// A checksum against accidental damage.
///
/// Each step is reversible, so a change of a single word always changes the sum.
fn checksum(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

    let mut sum = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        sum = (sum ^ u64::from_le_bytes(word))
            .wrapping_mul(ODD)
            .rotate_left(29);
    }
    sum ^ (sum >> 32)
}
