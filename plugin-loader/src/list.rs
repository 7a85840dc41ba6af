//! Lists the libraries of a directory without loading them.

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

/// The libraries of a directory, and the files that are not used; [`list`] returns it.
///
/// Its `Display` has the path of each library with a line for each of its plugins, and then the unused files.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listing {
    /// The libraries that this build could load, each with its manifest.
    pub libraries: Vec<(PathBuf, Manifest)>,
    /// The files that are not used, each with the reason.
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

/// Reads the manifests of the libraries in a directory, without loading them.
///
/// ```no_run
/// use std::path::Path;
///
/// let listing = plugin_loader::list(Path::new("/usr/lib/matsim/plugins"), |_, _| {});
/// for (path, manifest) in &listing.libraries {
///     println!("{}: {} {}", path.display(), manifest.package, manifest.version);
/// }
/// ```
///
/// `progress` is called before each file is read, with the number of files before it and the number of all files. If a
/// file is still being written, this waits up to three seconds for it. No code of a library runs, and no cache is read or
/// written.
#[must_use]
pub fn list(directory: &Path, progress: fn(usize, usize)) -> Listing {
    let mut search = search(directory, Place::Nowhere, progress);
    listing(&mut search)
}

/// Lists a directory as [`list`] does, and writes `dropin.cache` into it.
///
/// Call this after installing or removing libraries, as a package manager does: programs then need not read every library
/// when they first search the directory.
///
/// # Errors
///
/// If the cache cannot be written.
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
