//! What a package's directories offer: found, read, and compared with the last time, and nothing
//! of it loaded.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::{self, Known, Place, Said, json};
use crate::directory::{Directory, Found};
use crate::file::{self, Folder, Identity, Trust};
use crate::loaded::Loaded;
use crate::poll::{self, Event};
use crate::{Fingerprint, Manifest, Refusal};

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

/// One file that might be a library, or a directory of which no file counts.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) identity: Option<Identity>,
    pub(crate) standing: Standing,
}

/// What a file is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The plugins of a manifest, which is JSON.
    Offers(Arc<str>),
    /// What was loaded from its path before it changed.
    Stale,
    Refused(Refusal),
}

impl File {
    fn refused(path: PathBuf, refusal: Refusal) -> Self {
        Self {
            path,
            identity: None,
            standing: Standing::Refused(refusal),
        }
    }

    pub(crate) fn is_used(&self) -> bool {
        matches!(self.standing, Standing::Offers(_) | Standing::Stale)
    }

    /// Whether the file is in the state in which it was looked at.
    pub(crate) fn is_as_it_was(&self) -> bool {
        let (Some(directory), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return false;
        };
        let status = Folder::open(directory).and_then(|folder| folder.status_of(name));
        status.is_ok_and(|status| Some(status.identity) == self.identity)
    }
}

impl Standing {
    /// Why the file is not used.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Offers(_) => None,
            Self::Stale => Some(&Refusal::Stale),
            Self::Refused(refusal) => Some(refusal),
        }
    }

    pub(crate) fn manifest(&self) -> Option<Manifest> {
        match self {
            Self::Offers(json) => serde_json::from_str(json).ok(),
            Self::Stale | Self::Refused(_) => None,
        }
    }
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
    pub(crate) fn poll(&mut self, loaded: &Loaded) -> Vec<Event> {
        let before = self.look(loaded);
        before.map_or(Vec::new(), |before| poll::events(&before, &self.files))
    }

    /// Looks at the directories; what was seen the last time, where anything is different.
    pub(crate) fn look(&mut self, loaded: &Loaded) -> Option<Vec<File>> {
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

    fn view(&mut self, before: &[File], loaded: &Loaded) -> Vec<File> {
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
            {
                searched.read_cache(&self.place, &self.package, self.trust, &self.host);
            }
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

/// A look at all directories, in their order.
struct View<'a> {
    now: i128,
    /// The files that there were at the last look.
    before: HashMap<&'a Path, Identity>,
    loaded: &'a Loaded,
    host: &'a Host,
    files: Vec<File>,
    /// The index of the first file of each name.
    names: HashMap<OsString, usize>,
    /// The index of the first name of each file.
    inodes: HashMap<(u64, u64), usize>,
    /// The first directory that has the marker.
    first_copy: Option<PathBuf>,
    is_pending: bool,
}

impl View<'_> {
    /// Why a directory counts for nothing.
    fn refusal(&mut self, directory: &Directory) -> Option<Refusal> {
        let seen = directory.seen();
        if !seen.is_marked {
            return seen.refusal.clone();
        }
        if let Some(first) = &self.first_copy {
            let first = first.clone();
            return Some(Refusal::SecondCopy { first });
        }
        self.first_copy = Some(directory.path().to_owned());
        seen.refusal.clone()
    }

    fn add(&mut self, searched: &mut Searched) {
        let Searched {
            directory, known, ..
        } = searched;
        let mut reader = Reader {
            directory: directory.path(),
            folder: None,
        };
        for Found { name, identity } in &directory.seen().files {
            let path = directory.path().join(name);
            let inode = identity.as_ref().ok().and_then(Identity::file);
            let index = self.files.len();
            let standing = if let Some(&first) = self.names.get(name) {
                let by = self.files[first].path.clone();
                Standing::Refused(Refusal::Shadowed { by })
            } else if let Some(&first) = inode.and_then(|inode| self.inodes.get(&inode)) {
                let path = self.files[first].path.clone();
                Standing::Refused(Refusal::SameFile { path })
            } else {
                inode.map(|inode| self.inodes.insert(inode, index));
                match (identity, name.to_str()) {
                    (Ok(identity), Some(name)) => {
                        self.stand(&path, name, *identity, known, &mut reader)
                    }
                    (Ok(_), None) => Standing::Refused(Refusal::NameNotUtf8),
                    (Err(refusal), _) => Standing::Refused(refusal.clone()),
                }
            };
            self.names.entry(name.clone()).or_insert(index);
            self.files.push(File {
                path,
                identity: identity.as_ref().ok().copied(),
                standing,
            });
        }
    }

    fn stand(
        &mut self,
        path: &Path,
        name: &str,
        identity: Identity,
        known: &mut Known,
        reader: &mut Reader<'_>,
    ) -> Standing {
        if self
            .loaded
            .identity(path)
            .is_some_and(|loaded| !loaded.has_content_of(&identity))
        {
            return Standing::Stale;
        }
        let remembered = known
            .get(name, &identity)
            .and_then(|said| self.host.judge(&said));
        let standing = match remembered {
            Some(standing) => standing,
            None if self.is_being_written(path, &identity) => {
                self.is_pending = true;
                return Standing::Refused(Refusal::Unfinished { so_far: None });
            }
            None => match reader.read(name, &identity) {
                Ok(said) => {
                    let standing = self.host.judge(&said);
                    let is_settled = identity.is_settled(self.now);
                    self.is_pending |= !is_settled;
                    known.insert(name, identity, said, is_settled);
                    standing.unwrap_or(Standing::Refused(Refusal::ManifestCorrupt { offset: 0 }))
                }
                // The system's reasons may pass, and no status tells when.
                Err(refusal) => {
                    self.is_pending = true;
                    return Standing::Refused(refusal);
                }
            },
        };
        match standing {
            Standing::Refused(refusal) if identity.is_fresh(self.now) && is_of_bytes(&refusal) => {
                self.is_pending = true;
                let so_far = Some(Box::new(refusal));
                Standing::Refused(Refusal::Unfinished { so_far })
            }
            standing => standing,
        }
    }

    /// Whether somebody wrote to the file between the last look and this one, and may not be done.
    ///
    /// A file that took the place of another one is not: who moves it there has written it.
    fn is_being_written(&self, path: &Path, identity: &Identity) -> bool {
        self.before.get(path).is_some_and(|before| {
            before.file() == identity.file() && !before.has_content_of(identity)
        })
    }
}

/// Whether other bytes could take the refusal away, more of them for example.
fn is_of_bytes(refusal: &Refusal) -> bool {
    !matches!(
        refusal,
        Refusal::Abi { .. }
            | Refusal::Target { .. }
            | Refusal::Compiler { .. }
            | Refusal::Panic { .. }
            | Refusal::Flags { .. }
    )
}

/// What reads the files of a directory, which it opens when the first one is to be read.
struct Reader<'a> {
    directory: &'a Path,
    folder: Option<Folder>,
}

impl Reader<'_> {
    /// What the file says, if it is in the state of this identity before and after.
    fn read(&mut self, name: &str, identity: &Identity) -> Result<Said, Refusal> {
        let unreadable = |error: io::Error| Refusal::Unreadable {
            error: error.to_string(),
        };
        let folder = match &mut self.folder {
            Some(folder) => folder,
            folder => folder.insert(Folder::open(self.directory).map_err(unreadable)?),
        };
        let file = folder.open_file(name.as_ref()).map_err(|error| {
            // A name that is gone since the look will be missed by the next one.
            let gone = Refusal::Unfinished { so_far: None };
            folder.refusal(name.as_ref(), &error).unwrap_or(gone)
        })?;
        let before = folder.status_of_open(&file).map_err(unreadable)?;
        if before.identity != *identity {
            return Err(Refusal::Unfinished { so_far: None });
        }
        let said = Said::new(Manifest::read(&file));
        let after = folder.status_of_open(&file).map_err(unreadable)?;
        if after.identity == *identity {
            Ok(said)
        } else {
            Err(Refusal::Unfinished { so_far: None })
        }
    }
}

/// The program that asks.
struct Host {
    fingerprint: &'static Fingerprint,
    /// How the manifest of a library begins that was compiled as the program was.
    prefix: String,
}

impl Host {
    fn new() -> Self {
        let fingerprint = Fingerprint::host();
        let json = json(fingerprint);
        Self {
            fingerprint,
            prefix: format!("{{\"fingerprint\":{json},"),
        }
    }

    /// What a file that says this is good for; `None` where it was not this program that wrote it
    /// down.
    fn judge(&self, said: &Said) -> Option<Standing> {
        match said {
            // To parse it would take longer than all else.
            Said::Offers(json) if json.starts_with(&self.prefix) => {
                Some(Standing::Offers(json.clone()))
            }
            Said::Offers(json) => {
                let manifest: Manifest = serde_json::from_str(json).ok()?;
                Some(match self.fingerprint.check(&manifest.fingerprint) {
                    Ok(()) => Standing::Offers(json.clone()),
                    Err(refusal) => Standing::Refused(refusal),
                })
            }
            Said::Refused(json) => serde_json::from_str(json).ok().map(Standing::Refused),
        }
    }
}
