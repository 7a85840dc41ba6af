//! What a package's directories offer: found, read, and compared with the last time, and nothing
//! of it loaded.

pub(crate) mod cache;
pub(crate) mod difference;
mod directory;
pub(crate) mod standing;
pub(crate) mod unused;
mod view;

use std::collections::HashMap;
use std::io;
use std::mem;
use std::path::PathBuf;

use self::cache::{Known, Place};
use self::difference::Event;
use self::directory::Directory;
use self::standing::{File, Host};
use self::view::{Loads, View};
use crate::library::file::{self, Trust};
use crate::library::refusal::Refusal;

/// The directories of a package, as they were when they were last looked at.
pub(crate) struct Search {
    /// The package's name.
    pub(crate) package: String,
    pub(crate) trust: Trust,
    pub(crate) place: Place,
    /// Called for each file that is read, with how many there were before it, and are in all.
    pub(crate) progress: fn(usize, usize),
    directories: Vec<Searched>,
    /// What is not searched, and why.
    ignored: Vec<File>,
    host: Host,
    files: Vec<File>,
    /// How often the files have been found different.
    version: u64,
    /// Whether a file is to be looked at again, although nothing will have changed.
    is_pending: bool,
}

struct Searched {
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
            directories: directories.into_iter().map(Searched::new).collect(),
            ignored: Vec::new(),
            host: Host::new(),
            files: Vec::new(),
            version: 0,
            is_pending: false,
        }
    }

    /// Puts more directories before those that there are.
    pub(crate) fn search_first(&mut self, directories: impl IntoIterator<Item = PathBuf>) {
        let directories = directories.into_iter().map(Searched::new);
        self.directories.splice(..0, directories);
    }

    /// Names directories that do not count.
    pub(crate) fn ignore(&mut self, directories: Vec<PathBuf>, refusal: &Refusal) {
        let directories = directories.into_iter();
        self.ignored
            .extend(directories.map(|path| File::refused(path, refusal.clone())));
    }

    /// The directories that count, in the order in which they are searched.
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

    /// What was seen, in the order of the directories, and in each of the names.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The number of what was seen: another one where that is different.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Whether another look may see something else, although nothing happens meanwhile.
    pub(crate) fn is_pending(&self) -> bool {
        self.is_pending
    }

    pub(crate) fn has_looked(&self) -> bool {
        self.version > 0
    }

    /// Looks at the directories, and says what is different from the last time.
    pub(crate) fn poll(&mut self, loaded: Loads<'_>) -> Vec<Event> {
        let before = self.look(loaded);
        before.map_or(Vec::new(), |before| {
            difference::events(&before, &self.files)
        })
    }

    /// Looks at the directories; what was seen the last time, where anything is different.
    pub(crate) fn look(&mut self, loaded: Loads<'_>) -> Option<Vec<File>> {
        let mut is_changed = self.is_pending || !self.has_looked();
        for searched in &mut self.directories {
            is_changed |= searched.directory.look(self.trust);
        }
        if !is_changed {
            return None;
        }
        self.version += 1;
        let before = mem::take(&mut self.files);
        self.files = self.view(&before, loaded);
        for searched in &mut self.directories {
            searched.write_cache(&self.host);
        }
        Some(before)
    }

    /// Writes the caches, whether or not there is anything new.
    pub(crate) fn write_caches(&self) -> io::Result<()> {
        for searched in &self.directories {
            if let Some(path) = &searched.cache {
                cache::write(path, &self.host.fingerprint.target, &searched.known)?;
            }
        }
        Ok(())
    }

    fn view(&mut self, before: &[File], loaded: Loads<'_>) -> Vec<File> {
        let identities = before
            .iter()
            .filter_map(|file| Some((&*file.path, file.identity?)));
        let mut view = View {
            now: file::now(),
            before: identities.collect(),
            loaded,
            host: &self.host,
            files: self.ignored.clone(),
            names: HashMap::new(),
            inodes: HashMap::new(),
            first_copy: None,
            is_pending: false,
        };
        for searched in &mut self.directories {
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
        self.is_pending = view.is_pending;
        view.files
    }
}

impl Searched {
    fn new(path: PathBuf) -> Self {
        Self {
            directory: Directory::new(path),
            known: Known::default(),
            cache: None,
            is_cache_read: false,
        }
    }

    fn read_cache(&mut self, place: &Place, package: &str, trust: Trust, host: &Host) {
        if self.is_cache_read {
            return;
        }
        self.is_cache_read = true;
        self.cache = cache::path(self.directory.path(), place, package);
        if let Some(path) = &self.cache {
            self.known = cache::read(path, &host.fingerprint.target, trust);
        }
    }

    /// A cache that cannot be written is none: it is tried again when there is more to write.
    fn write_cache(&mut self, host: &Host) {
        let is_changed = self.known.take_changed();
        if let (true, Some(path)) = (is_changed, &self.cache) {
            let _ = cache::write(path, &host.fingerprint.target, &self.known);
        }
    }
}
