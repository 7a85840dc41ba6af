//! What a directory holds, for who does not want to load anything.

use std::fmt::{self, Display};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::library::manifest::Manifest;
use crate::library::shown::Shown;
use crate::look::Search;
use crate::look::cache::Place;
use crate::look::unused::Unused;

/// What a directory holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listing {
    /// The libraries that this build could load, with what they say of themselves.
    pub libraries: Vec<(PathBuf, Manifest)>,
    /// The other files, with the reasons.
    pub unused: Vec<Unused>,
}

impl Display for Listing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, manifest) in &self.libraries {
            write!(formatter, "{}\n{manifest}", Shown(path))?;
        }
        for unused in &self.unused {
            writeln!(formatter, "not used: {unused}")?;
        }
        Ok(())
    }
}

/// Reads what the libraries of a directory say of themselves; no cache is read or written.
///
/// `progress` is called for each file that is read, with the number of those before it, and with
/// how many files there are. A file that somebody is writing is waited for, for a few seconds.
///
/// Nothing is loaded, and nothing of a library runs.
#[must_use]
pub fn list(directory: &Path, progress: fn(usize, usize)) -> Listing {
    let mut search = search(directory, Place::Nowhere, progress);
    listing(&mut search)
}

/// The same, and writes `dropin.cache` in the directory for the programs that use it.
///
/// For who installs and removes libraries, as packages do: a program then need not read them all
/// when it looks for the first time.
///
/// # Errors
///
/// Where the cache cannot be written.
pub fn refresh(directory: &Path, progress: fn(usize, usize)) -> io::Result<Listing> {
    let mut search = search(directory, Place::Inside, progress);
    let listing = listing(&mut search);
    search.write_caches()?;
    Ok(listing)
}

fn search(directory: &Path, place: Place, progress: fn(usize, usize)) -> Search {
    let directory = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
    let mut search = Search::new(String::new(), [directory]);
    search.place = place;
    search.progress = progress;
    search
}

fn listing(search: &mut Search) -> Listing {
    const LONGEST: Duration = Duration::from_secs(3);

    let start = Instant::now();
    search.look(&());
    while let (Some(due), true) = (search.due(), start.elapsed() < LONGEST) {
        thread::sleep(due);
        search.look(&());
    }
    let files = search.files().iter();
    let libraries = files
        .clone()
        .filter_map(|file| Some((file.path.clone(), file.standing.manifest()?)));
    let unused = files.filter_map(|file| Some(Unused::new(&file.path, file.standing.refusal()?)));
    Listing {
        libraries: libraries.collect(),
        unused: unused.collect(),
    }
}
