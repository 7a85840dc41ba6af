//! The changes in a package's directories between two searches.

use std::collections::HashMap;
use std::fmt::{self, Display, Write as _};
use std::path::{Path, PathBuf};

use super::standing::{File, Standing};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;
use crate::library::shown::{Plain, Shown};

/// A change of one file since the last search; [`Package::poll`](crate::Package::poll) returns it.
///
/// Its `Display` is a line for users, with further lines if there is something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A library can now be used.
    Added {
        /// The library.
        path: PathBuf,
        /// The manifest with its plugins. The library is not loaded yet.
        manifest: Manifest,
    },
    /// A library is no longer used.
    ///
    /// It was removed, it is hidden by another file, or it cannot be used after all. In the last case, an
    /// [`Event::Refused`] gives the reason. References to its plugins stay valid.
    Removed {
        /// The library.
        path: PathBuf,
    },
    /// The file of a loaded library was changed or replaced.
    ///
    /// The program uses the loaded library until it is restarted.
    Stale {
        /// The library.
        path: PathBuf,
    },
    /// A file cannot be used.
    Refused {
        /// The file, or the directory.
        path: PathBuf,
        /// Why it is not used.
        refusal: Refusal,
    },
}

impl Event {
    /// Returns the path of the file that changed.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Added { path, .. }
            | Self::Removed { path }
            | Self::Stale { path }
            | Self::Refused { path, .. } => path,
        }
    }
}

impl Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = Shown(self.path());
        match self {
            Self::Added { manifest, .. } => {
                let names: Vec<_> = manifest.plugins.iter().map(|offer| &*offer.name).collect();
                write!(Plain(formatter), "added {path}: {}", names.join(", "))
            }
            Self::Removed { .. } => write!(formatter, "removed {path}"),
            Self::Stale { .. } => write!(formatter, "stale {path}: {}", Refusal::Stale),
            Self::Refused { refusal, .. } => write!(formatter, "refused {path}: {refusal}"),
        }
    }
}

/// The differences between two searches, removals first.
pub(crate) fn events(before: &[File], after: &[File]) -> Vec<Event> {
    let (old, new) = (by_path(before), by_path(after));
    let mut events = Vec::new();
    for file in before {
        let now = new.get(&*file.path).map(|file| &file.standing);
        let is_used = match (&file.standing, now) {
            (Standing::Offers(before), Some(Standing::Offers(now))) => before == now,
            (_, Some(Standing::Offers(_) | Standing::Stale)) => true,
            (_, Some(Standing::Refused(_)) | None) => false,
        };
        if file.is_used() && !is_used {
            let path = file.path.clone();
            events.push(Event::Removed { path });
        }
    }
    for file in after {
        let before = old.get(&*file.path).copied();
        events.extend(event(before, file));
    }
    events
}

fn by_path(files: &[File]) -> HashMap<&Path, &File> {
    files.iter().map(|file| (&*file.path, file)).collect()
}

fn event(before: Option<&File>, after: &File) -> Option<Event> {
    let is_as_before = before.is_some_and(|before| before.standing == after.standing);
    let path = after.path.clone();
    match &after.standing {
        Standing::Stale => {
            let is_told =
                is_as_before && before.is_some_and(|file| file.identity == after.identity);
            (!is_told).then_some(Event::Stale { path })
        }
        _ if is_as_before => None,
        Standing::Offers(_) => {
            let manifest = after.standing.manifest()?;
            Some(Event::Added { path, manifest })
        }
        Standing::Refused(Refusal::Unfinished { .. }) => None,
        Standing::Refused(refusal) => {
            let refusal = refusal.clone();
            Some(Event::Refused { path, refusal })
        }
    }
}
