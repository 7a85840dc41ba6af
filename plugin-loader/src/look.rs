//! Searches the directories of a package, and compares the result with the last search. Nothing is loaded here.

pub(crate) mod cache;
pub(crate) mod difference;
mod directory;
pub(crate) mod searched;
pub(crate) mod standing;
pub(crate) mod unused;
mod versions;
mod view;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::cache::{Known, Place};
use self::directory::Directory;
use self::standing::{File, Host};
pub(crate) use self::view::Loads;
use self::view::View;
use crate::library::file::{self, Trust};
use crate::library::refusal::Refusal;

/// The directories of a package, as they were at the last search.
pub(crate) struct Search {
    /// The package's name.
    pub(crate) package: String,
    pub(crate) trust: Trust,
    pub(crate) place: Place,
    /// Called before each file is read, with the number of files before it, and of all files.
    pub(crate) progress: fn(usize, usize),
    directories: Vec<Looked>,
    /// The directories that are not searched, with the reasons.
    ignored: Vec<File>,
    host: Host,
    files: Arc<Vec<File>>,
    /// The number of searches that found a change.
    version: u64,
    /// The time of the next search that is needed even if nothing changes.
    due: Option<i128>,
}

struct Looked {
    directory: Directory,
    known: Known,
    cache: Option<PathBuf>,
    is_cache_read: bool,
}

impl Search {
    pub(crate) fn new(package: String, directories: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            package,
            trust: Trust::Owner,
            place: Place::User,
            progress: |_, _| {},
            directories: directories.into_iter().map(Looked::new).collect(),
            ignored: Vec::new(),
            host: Host::new(),
            files: Arc::default(),
            version: 0,
            due: None,
        }
    }

    /// Adds directories before the other ones.
    pub(crate) fn search_first(&mut self, directories: impl IntoIterator<Item = PathBuf>) {
        let directories = directories.into_iter().map(Looked::new);
        self.directories.splice(..0, directories);
    }

    /// Adds directories that are reported but not searched.
    pub(crate) fn ignore(&mut self, directories: Vec<PathBuf>, refusal: &Refusal) {
        let directories = directories.into_iter();
        self.ignored
            .extend(directories.map(|path| File::refused(path, refusal.clone())));
    }

    /// The directories in the order in which they are searched, without second copies of the package.
    pub(crate) fn directories(&self) -> Vec<PathBuf> {
        let mut has_copy = false;
        let directories = self.directories.iter().map(|searched| &searched.directory);
        let counts = |directory: &&Directory| {
            let is_marked = directory.seen().is_marked;
            let is_second = has_copy && is_marked;
            has_copy |= is_marked;
            !is_second
        };
        let directories = directories.filter(counts);
        directories
            .map(|directory| directory.path().to_owned())
            .collect()
    }

    /// The files, by directory and by name.
    pub(crate) fn files(&self) -> &Arc<Vec<File>> {
        &self.files
    }

    /// A number that changes whenever the files change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// How long to wait until another search may have another result even if nothing changes.
    pub(crate) fn due(&self) -> Option<Duration> {
        Some(file::duration(self.due? - file::now()))
    }

    pub(crate) fn has_looked(&self) -> bool {
        self.version > 0
    }

    /// Searches the directories, and leaves the result as it is if nothing has changed.
    pub(crate) fn look(&mut self, loaded: &dyn Loads) {
        let now = file::now();
        let mut is_changed = !self.has_looked() || self.due.is_some_and(|due| due <= now);
        for searched in &mut self.directories {
            is_changed |= searched.directory.look(self.trust) || searched.directory.is_unsure;
        }
        if !is_changed {
            return;
        }
        self.version += 1;
        self.files = Arc::new(self.view(now, loaded));
        for searched in &mut self.directories {
            searched.write_cache(&self.host);
        }
    }

    /// Makes the next search go through all files, even if nothing changes.
    pub(crate) fn look_again(&mut self) {
        self.due = Some(file::now());
    }

    /// Removes the cache entry of a file that turned out to be different.
    pub(crate) fn distrust(&mut self, path: &Path) {
        for searched in &mut self.directories {
            if path.parent() == Some(searched.directory.path()) {
                let name = path.file_name().and_then(|name| name.to_str());
                searched.known.retain(|known| Some(known) != name);
            }
        }
        self.look_again();
    }

    /// Writes the caches, even if they have not changed.
    pub(crate) fn write_caches(&self) -> io::Result<()> {
        for searched in &self.directories {
            if let Some(path) = &searched.cache {
                cache::write(path, &searched.header(&self.host), &searched.known)?;
            }
        }
        Ok(())
    }

    fn view(&mut self, now: i128, loaded: &dyn Loads) -> Vec<File> {
        let before = Arc::clone(&self.files);
        let count = |searched: &Looked| searched.directory.seen().files.len();
        let mut view = View::new(now, &before, loaded, &self.host);
        view.progress = (self.progress, self.directories.iter().map(count).sum());
        view.files.clone_from(&self.ignored);
        for searched in &mut self.directories {
            view.doubt(&searched.directory);
            if let Some(refusal) = view.refusal(&searched.directory) {
                let path = searched.directory.path().to_owned();
                view.files.push(File::refused(path, refusal));
                continue;
            }
            searched.read_cache(&self.place, &self.package, self.trust, &self.host);
            view.add(searched);
            let files = &searched.directory.seen().files;
            searched.known.retain(|name| {
                let found = files.binary_search_by(|file| file.name.as_os_str().cmp(name.as_ref()));
                found.is_ok()
            });
        }
        self.due = view.due;
        view.finish()
    }
}

impl Looked {
    fn new(path: PathBuf) -> Self {
        Self {
            directory: Directory::new(path),
            known: Known::default(),
            cache: None,
            is_cache_read: false,
        }
    }

    fn header(&self, host: &Host) -> String {
        cache::header(&host.fingerprint.target, self.directory.path())
    }

    fn read_cache(&mut self, place: &Place, package: &str, trust: Trust, host: &Host) {
        if self.is_cache_read {
            return;
        }
        self.is_cache_read = true;
        self.cache = cache::path(self.directory.path(), place, package);
        if let Some(path) = &self.cache {
            self.known = cache::read(path, &self.header(host), trust);
        }
    }

    /// An error is ignored; the cache is written again when it next changes.
    fn write_cache(&mut self, host: &Host) {
        let is_changed = self.known.take_changed();
        if let (true, Some(path)) = (is_changed, &self.cache) {
            let _ = cache::write(path, &self.header(host), &self.known);
        }
    }
}
