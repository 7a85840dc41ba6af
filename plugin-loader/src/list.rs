//! What a directory holds, for who does not want to load anything.

use std::fmt::{self, Display, Write as _};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::library::file::{self, Folder, Trust};
use crate::library::fingerprint::Fingerprint;
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;
use crate::library::shown::{Plain, Shown};
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

/// One thing that must be so for a library to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// As in `compiler`.
    pub what: &'static str,
    /// What the library has.
    pub library: String,
    /// What this build has, or what is wanted.
    pub host: String,
    /// Why the library cannot be loaded.
    pub refusal: Option<Refusal>,
}

impl Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.refusal.is_none() {
            "ok"
        } else {
            "refused"
        };
        let (what, library, host) = (self.what, &self.library, &self.host);
        write!(
            Plain(formatter),
            "{verdict:<8}{what:<10}{library}; wanted: {host}"
        )
    }
}

/// Checks a library against this build, all that can be checked without a look at the program's
/// interfaces; one check for each thing, also behind one that fails.
///
/// Nothing is loaded, and nothing of the library runs.
#[must_use]
pub fn check(path: &Path) -> (Vec<Check>, Option<Manifest>) {
    let (file, refusal) = match open(path) {
        Ok(file) => (Some(file), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let mut checks = vec![Check {
        what: "file",
        library: as_text(refusal.as_ref(), "a regular file of a trusted owner"),
        host: "a regular file that only its owner can write to".to_owned(),
        refusal,
    }];
    let Some(manifest) = file.map(|file| Manifest::read(&file)) else {
        return (checks, None);
    };
    let refusal = manifest.as_ref().err().cloned();
    checks.push(Check {
        what: "content",
        library: as_text(refusal.as_ref(), "a drop-in"),
        host: "a drop-in".to_owned(),
        refusal,
    });
    let Ok(manifest) = manifest else {
        return (checks, None);
    };
    checks.extend(of_fingerprint(Fingerprint::host(), &manifest.fingerprint));
    (checks, Some(manifest))
}

fn as_text(refusal: Option<&Refusal>, fine: &str) -> String {
    refusal.map_or(fine.to_owned(), Refusal::to_string)
}

fn open(path: &Path) -> Result<std::fs::File, Refusal> {
    let path = std::path::absolute(path).map_err(Refusal::unreadable)?;
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(Refusal::NotRegularFile);
    };
    let folder = Folder::open(directory).map_err(Refusal::unreadable)?;
    let refusal = |error| {
        let refusal = folder.refusal(name, &error);
        refusal.unwrap_or_else(|| Refusal::unreadable(error))
    };
    folder
        .status_of(name)
        .map_err(refusal)?
        .check(Trust::Owner)?;
    let file = folder.open_file(name).map_err(refusal)?;
    // It may be another one by now.
    let status = file::status_of_open(&file).map_err(Refusal::unreadable)?;
    status.check(Trust::Owner)?;
    Ok(file)
}

/// One check for each field, as if it were the only one that may differ.
fn of_fingerprint(host: &Fingerprint, library: &Fingerprint) -> Vec<Check> {
    let check = |what, [of_library, of_host]: [String; 2], other: Fingerprint| Check {
        what,
        library: of_library,
        host: of_host,
        refusal: host.check(&other).err(),
    };
    let compiler = |of: &Fingerprint| format!("rustc {} ({})", of.release, of.commit);
    let or_none = |flags: &str| if flags.is_empty() { "none" } else { flags }.to_owned();
    vec![
        check(
            "interface",
            [library.abi, host.abi].map(|abi| format!("plugin-core's binary interface {abi}")),
            Fingerprint {
                abi: library.abi,
                ..host.clone()
            },
        ),
        check(
            "compiler",
            [library, host].map(compiler),
            Fingerprint {
                release: library.release.clone(),
                commit: library.commit.clone(),
                ..host.clone()
            },
        ),
        check(
            "target",
            [&library.target, &host.target].map(String::clone),
            Fingerprint {
                target: library.target.clone(),
                ..host.clone()
            },
        ),
        check(
            "panic",
            [&library.panic, &host.panic].map(String::clone),
            Fingerprint {
                panic: library.panic.clone(),
                ..host.clone()
            },
        ),
        check(
            "flags",
            [&library.flags, &host.flags].map(|flags| or_none(flags)),
            Fingerprint {
                flags: library.flags.clone(),
                ..host.clone()
            },
        ),
    ]
}
