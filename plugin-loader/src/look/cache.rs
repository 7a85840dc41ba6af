//! What the files of a directory said of themselves, for who looks next.
//!
//! A cache is text, one file of the directory a line, in the order of their names:
//!
//! ```text
//! plugin-loader 2 0.1.0 x86_64-unknown-linux-gnu
//! offers 409600 1764040392123456789 1764040392123456789 131080 libglass.so {"package":"glass",…}
//! refused 12 1764040392123456789 1764040392123456789 131081 notes.so "NotALibrary"
//! end 2 1f83d9abfb41bd6b
//! ```
//!
//! It says what a file's bytes say, whoever asks: nothing in it depends on the program that wrote
//! it, so that programs may share it. It is never believed where it matters: a library is read
//! again before it is loaded.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::process;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde::Serialize;

use crate::library::file::{self, Folder, Identity, Trust};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;

/// The cache in a directory, if its administrator wants one there.
pub(crate) const IN_DIRECTORY: &str = "dropin.cache";

/// A larger one is not ours.
const LARGEST: u64 = 1 << 28;

/// What is known of the files of one directory, by name.
#[derive(Debug, Default)]
pub(crate) struct Known {
    entries: HashMap<Box<str>, Entry>,
    /// Whether there is more to write than was read.
    is_changed: bool,
}

/// What one file said, and when.
#[derive(Debug)]
struct Entry {
    identity: Identity,
    said: Said,
    /// Whether the identity tells this state of the file from every later one.
    is_settled: bool,
}

/// What a file said, as JSON: most of it is never asked for.
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

/// A text on one line.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("every key is a string, and no number is infinite")
}

impl Known {
    /// What the file said in this state, if that is sure.
    pub(crate) fn get(&self, name: &str, identity: &Identity) -> Option<Said> {
        let entry = self.entries.get(name)?;
        // A device has another number after each start of the machine; a directory has one.
        let known = Identity {
            device: identity.device,
            ..entry.identity
        };
        (entry.is_settled && known == *identity).then(|| entry.said.clone())
    }

    pub(crate) fn insert(&mut self, name: &str, identity: Identity, said: Said, is_settled: bool) {
        let entry = Entry {
            identity,
            said,
            is_settled,
        };
        self.is_changed |= is_settled;
        self.entries.insert(name.into(), entry);
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        let count = self.entries.len();
        self.entries.retain(|name, _| keep(name));
        self.is_changed |= self.entries.len() != count;
    }

    /// Whether there is something new to write, since this was asked last.
    pub(crate) fn take_changed(&mut self) -> bool {
        mem::take(&mut self.is_changed)
    }
}

/// Where the cache of a directory is: in it, or else below the user's caches.
///
/// `None` where there is no place for it.
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
    Some(place.join(format!("dropins-{hash:016x}")))
}

/// Where caches are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Nowhere,
    /// In the directory of plugins where there is one already, or else below the user's caches.
    User,
    Directory(PathBuf),
    /// In the directory of plugins.
    Inside,
}

fn user_caches() -> Option<PathBuf> {
    // Whoever started the process chose its environment.
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

/// What a cache says; nothing where there is none, or one that is not as it was written.
pub(crate) fn read(path: &Path, target: &str, trust: Trust) -> Known {
    text(path, trust)
        .and_then(|text| parse(&text, target))
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

fn parse(text: &str, target: &str) -> Option<Known> {
    let body = text.strip_prefix(&header(target))?;
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
            device: 0,
            size: number(fields.next())?,
            modified: number(fields.next())?,
            changed: number(fields.next())?,
            inode: number(fields.next())?,
        };
        // A name may have spaces, and JSON has no tabs.
        let (name, json) = (fields.next()?, fields.next()?);
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

fn header(target: &str) -> String {
    format!("plugin-loader 2 {} {target}\n", env!("CARGO_PKG_VERSION"))
}

fn footer(count: usize, body: &str) -> String {
    format!("end {count} {:016x}\n", checksum(body.as_bytes()))
}

/// Writes a cache, for whoever reads it to find either the old one or the new one.
pub(crate) fn write(path: &Path, target: &str, known: &Known) -> io::Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);

    let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(directory)?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_extension(format!("{}-{count}.new", process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary)?;
    let written = file
        .write_all(print(target, known).as_bytes())
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn print(target: &str, known: &Known) -> String {
    let mut files: Vec<_> = known.entries.iter().collect();
    files.retain(|(name, entry)| entry.is_settled && can_name(name));
    files.sort_unstable_by_key(|(name, _)| *name);
    let mut body = String::new();
    for (name, Entry { identity, said, .. }) in &files {
        let (verdict, json) = match said {
            Said::Offers(json) => ("offers", json),
            Said::Refused(json) => ("refused", json),
        };
        let Identity {
            size,
            modified,
            changed,
            inode,
            ..
        } = identity;
        let _ = writeln!(
            body,
            "{verdict} {size} {modified} {changed} {inode} {name} {json}"
        );
    }
    header(target) + &body + &footer(files.len(), &body)
}

/// Whether a file of this name has a line: there is no space in a field.
fn can_name(name: &str) -> bool {
    !name.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// What tells a text from every other that an accident may make of it.
///
/// Each step is reversible, so that no change of a single word goes unnoticed.
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
