//! The files of one directory.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use crate::library::file::{self, Folder, Identity, MARKER, Trust};
use crate::library::refusal::Refusal;

/// A directory, as it was at the last search.
#[derive(Debug)]
pub(crate) struct Directory {
    path: PathBuf,
    /// The identity of the directory when its names were read, if every later change would change it.
    listed: Option<Identity>,
    seen: Seen,
    /// Whether the directory could not be read for a temporary reason.
    pub(crate) is_unsure: bool,
}

/// The contents of a directory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The reason why none of the files is used.
    pub(crate) refusal: Option<Refusal>,
    /// Whether [`MARKER`] is in it.
    pub(crate) is_marked: bool,
    /// The files, sorted by name.
    pub(crate) files: Vec<Found>,
}

/// A file in a directory.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: OsString,
    pub(crate) identity: Result<Identity, Refusal>,
}

impl Directory {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            listed: None,
            seen: Seen::default(),
            is_unsure: false,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Searches the directory, and returns whether anything has changed.
    ///
    /// If no name was added or removed, this costs one status for each file.
    pub(crate) fn look(&mut self, trust: Trust) -> bool {
        let now = file::now();
        let folder = Folder::open(&self.path).and_then(|folder| Ok((folder.status()?, folder)));
        self.is_unsure = folder.as_ref().is_err_and(file::is_passing);
        let (status, folder) = match folder {
            Ok(opened) => opened,
            // Assume that nothing has changed.
            Err(_) if self.is_unsure && self.seen != Seen::default() => return false,
            Err(error) => {
                self.listed = None;
                return self.see(Seen {
                    refusal: refusal(&error),
                    ..Seen::default()
                });
            }
        };
        if let Err(refusal) = status.check_owner(trust) {
            self.listed = None;
            return self.see(Seen {
                refusal: Some(refusal),
                ..Seen::default()
            });
        }
        if self.listed == Some(status.identity) {
            if let Some(is_changed) = self.look_again(&folder, trust) {
                return is_changed;
            }
        }
        let seen = match list(&folder, trust) {
            Ok(seen) => seen,
            Err(error) => Seen {
                refusal: refusal(&error),
                ..Seen::default()
            },
        };
        self.listed = status.identity.is_settled(now).then_some(status.identity);
        self.see(seen)
    }

    /// Asks for the status of each file, and returns whether one has changed; `None` if a file no longer exists.
    fn look_again(&mut self, folder: &Folder, trust: Trust) -> Option<bool> {
        let mut is_changed = false;
        for file in &mut self.seen.files {
            if let Err(Refusal::ForeignSuffix | Refusal::NameNotUtf8) = file.identity {
                // This depends only on the name.
                continue;
            }
            let identity = status(folder, &file.name, trust)?;
            if file.identity != identity {
                file.identity = identity;
                is_changed = true;
            }
        }
        Some(is_changed)
    }

    fn see(&mut self, seen: Seen) -> bool {
        let is_changed = self.seen != seen;
        self.seen = seen;
        is_changed
    }
}

/// The largest number of libraries in a directory that is read.
const MOST: usize = 1 << 16;

fn list(folder: &Folder, trust: Trust) -> io::Result<Seen> {
    let mut seen = Seen::default();
    let is_wanted =
        |name: &OsStr| name == MARKER || file::is_library(name) || file::is_foreign_library(name);
    let names = folder.names(MOST + 1, is_wanted)?;
    if names.len() > MOST {
        seen.refusal = Some(Refusal::TooManyFiles { most: MOST });
        return Ok(seen);
    }
    for name in names {
        if name == MARKER {
            seen.is_marked = true;
        } else if let Some(identity) = identity(folder, &name, trust) {
            seen.files.push(Found { name, identity });
        }
    }
    seen.files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(seen)
}

/// The state of a file, or the reason not to use it; `None` if it does not exist.
fn identity(folder: &Folder, name: &OsStr, trust: Trust) -> Option<Result<Identity, Refusal>> {
    if file::is_foreign_library(name) {
        return Some(Err(Refusal::ForeignSuffix));
    }
    if name.to_str().is_none() {
        return Some(Err(Refusal::NameNotUtf8));
    }
    status(folder, name, trust)
}

fn status(folder: &Folder, name: &OsStr, trust: Trust) -> Option<Result<Identity, Refusal>> {
    match folder.status_of(name) {
        Ok(status) => Some(status.check(trust)),
        Err(error) => folder.refusal(name, &error).map(Err),
    }
}

/// The reason not to use a directory. A missing directory has no plugins, and needs no reason.
fn refusal(error: &io::Error) -> Option<Refusal> {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => None,
        _ => Some(Refusal::Unreadable {
            error: error.to_string(),
        }),
    }
}
