//! One search of all directories, which decides for each file whether it can be used.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Looked;
use super::cache::{Known, Said};
use super::directory::{Directory, Found};
use super::standing::{File, Host, Standing};
use super::versions::superseded;
use crate::library::file::{self, Folder, Identity, nanoseconds};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;

/// The libraries that have been loaded, as far as a search needs them.
pub(crate) trait Loads {
    /// The state in which the library of this path was loaded.
    fn identity(&self, path: &Path) -> Option<Identity>;

    /// Whether the last attempt to load the library in its present state failed.
    fn has_failed(&self, file: &File) -> bool;
}

/// Nothing has been loaded, and nothing has failed.
impl Loads for () {
    fn identity(&self, _: &Path) -> Option<Identity> {
        None
    }

    fn has_failed(&self, _: &File) -> bool {
        false
    }
}

/// A search of all directories, in their order.
pub(super) struct View<'a> {
    now: i128,
    /// The files at the last search.
    before: HashMap<&'a Path, &'a File>,
    loaded: &'a dyn Loads,
    host: &'a Host,
    /// A function that is called before each file is read, and the number of files.
    pub(super) progress: (fn(usize, usize), usize),
    pub(super) files: Vec<File>,
    /// The index of the first file of each name.
    names: HashMap<OsString, usize>,
    /// The index of the first name of each file.
    inodes: HashMap<(u64, u64), usize>,
    /// The first directory that has the marker.
    first_copy: Option<PathBuf>,
    /// The time of the next search that a file needs.
    pub(super) due: Option<i128>,
}

/// The time for the clock of a file system to advance, or for a writer to write more.
const SOON: Duration = Duration::from_millis(150);
/// The time after which to try again what the system has refused.
const LATER: Duration = Duration::from_secs(1);

impl<'a> View<'a> {
    pub(super) fn new(
        now: i128,
        before: &'a [File],
        loaded: &'a dyn Loads,
        host: &'a Host,
    ) -> Self {
        Self {
            now,
            before: before.iter().map(|file| (&*file.path, file)).collect(),
            loaded,
            host,
            progress: (|_, _| {}, 0),
            files: Vec::new(),
            names: HashMap::new(),
            inodes: HashMap::new(),
            first_copy: None,
            due: None,
        }
    }

    pub(super) fn finish(mut self) -> Vec<File> {
        for (index, refusal) in superseded(&self.files, self.host, self.loaded) {
            self.files[index].standing = Standing::Refused(refusal);
        }
        self.files
    }

    fn look_again_in(&mut self, time: Duration) {
        let due = self.now + nanoseconds(time);
        self.due = Some(self.due.map_or(due, |earlier| earlier.min(due)));
    }

    /// The reason why the files of a directory are not used.
    pub(super) fn refusal(&mut self, directory: &Directory) -> Option<Refusal> {
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

    /// Plans another search if the directory could not be read.
    pub(super) fn doubt(&mut self, directory: &Directory) {
        if directory.is_unsure {
            self.look_again_in(LATER);
        }
    }

    pub(super) fn add(&mut self, searched: &mut Looked) {
        let Looked {
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
        let fresh_for = identity.fresh_for(self.now);
        let remembered = known
            .get(name, &identity)
            .and_then(|said| self.host.judge(&said));
        let standing = match remembered {
            Some(standing) => standing,
            None if self.is_being_written(path, &identity) => {
                self.look_again_in(fresh_for.unwrap_or(SOON));
                return Standing::Refused(Refusal::Unfinished { so_far: None });
            }
            None => {
                let (call, count) = self.progress;
                call(self.files.len(), count);
                match reader.read(name, &identity) {
                    Ok(said) => {
                        let standing = self.host.judge(&said);
                        let is_settled = identity.is_settled(self.now);
                        if !is_settled {
                            self.look_again_in(SOON);
                        }
                        known.insert(name, identity, said, is_settled);
                        let damaged = Refusal::ManifestCorrupt { offset: 0 };
                        standing.unwrap_or(Standing::Refused(damaged))
                    }
                    Err((refusal, again)) => {
                        let Some(time) = again else {
                            return Standing::Refused(refusal);
                        };
                        self.look_again_in(time);
                        // If the file has not changed, neither has its description.
                        let before = self.before.get(path);
                        let same = before.filter(|before| before.identity == Some(identity));
                        return match same {
                            Some(before) => before.standing.clone(),
                            None => Standing::Refused(refusal),
                        };
                    }
                }
            }
        };
        let Some(fresh_for) = fresh_for else {
            return standing;
        };
        // More bytes may still follow, and may change any refusal that depends on bytes.
        let so_far = match standing {
            Standing::Refused(refusal) if !is_of_bytes(&refusal) => {
                return Standing::Refused(refusal);
            }
            Standing::Refused(refusal) => Some(Box::new(refusal)),
            Standing::Offers(_) | Standing::Stale => None,
        };
        self.look_again_in(fresh_for);
        Standing::Refused(Refusal::Unfinished { so_far })
    }

    /// Whether the file was written to since the last search, and may not be complete.
    ///
    /// A file that has replaced another one by a rename is complete.
    fn is_being_written(&self, path: &Path, identity: &Identity) -> bool {
        let before = self.before.get(path).and_then(|file| file.identity);
        before.is_some_and(|before| {
            before.file() == identity.file() && !before.has_content_of(identity)
        })
    }
}

/// Whether the refusal may pass when more bytes are written.
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

/// Reads the files of a directory, which it opens when it reads the first file.
struct Reader<'a> {
    directory: &'a Path,
    folder: Option<Folder>,
}

impl Reader<'_> {
    /// Reads the description of a file, if the file has this identity before and after; otherwise returns the reason, and when to
    /// try again.
    fn read(
        &mut self,
        name: &str,
        identity: &Identity,
    ) -> Result<Said, (Refusal, Option<Duration>)> {
        let unreadable = |error: io::Error| {
            let is_for_good = error.kind() == io::ErrorKind::PermissionDenied;
            let again = (!is_for_good).then_some(LATER);
            (Refusal::unreadable(error), again)
        };
        let changed = || (Refusal::Unfinished { so_far: None }, Some(SOON));
        let folder = match &mut self.folder {
            Some(folder) => folder,
            folder => folder.insert(Folder::open(self.directory).map_err(unreadable)?),
        };
        let file = folder.open_file(name.as_ref()).map_err(|error| {
            match folder.refusal(name.as_ref(), &error) {
                Some(Refusal::Unreadable { .. }) => unreadable(error),
                Some(refusal) => (refusal, Some(SOON)),
                // If the name was removed meanwhile, the next search notices.
                None => changed(),
            }
        })?;
        if file::identity(&file).map_err(unreadable)? != *identity {
            return Err(changed());
        }
        let said = Said::new(Manifest::read(&file));
        if file::identity(&file).map_err(unreadable)? == *identity {
            Ok(said)
        } else {
            Err(changed())
        }
    }
}
