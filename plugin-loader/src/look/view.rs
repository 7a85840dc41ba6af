//! One look at all directories: what each file in them is good for.

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

/// What a look must know of what has been loaded.
pub(crate) trait Loads {
    /// In which state the library of a path was loaded.
    fn identity(&self, path: &Path) -> Option<Identity>;

    /// Whether the library could not be loaded when that was tried last, in the state in which it is.
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

/// A look at all directories, in their order.
pub(super) struct View<'a> {
    now: i128,
    /// The files that there were at the last look.
    before: HashMap<&'a Path, &'a File>,
    loaded: &'a dyn Loads,
    host: &'a Host,
    /// Called for each file that is read, and how many files there are.
    pub(super) progress: (fn(usize, usize), usize),
    pub(super) files: Vec<File>,
    /// The index of the first file of each name.
    names: HashMap<OsString, usize>,
    /// The index of the first name of each file.
    inodes: HashMap<(u64, u64), usize>,
    /// The first directory that has the marker.
    first_copy: Option<PathBuf>,
    /// When one of the files is to be looked at again.
    pub(super) due: Option<i128>,
}

/// Until the clock of a file system has moved on, or a writer has gone on writing.
const SOON: Duration = Duration::from_millis(150);
/// Until it makes sense to try again what the system has refused.
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

    /// Why a directory counts for nothing.
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

    /// What is to be looked at again, since the system could not say what there is.
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
                        // Nothing has happened to it, as far as anybody knows.
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
        // What another part of the file says is not known while it may be missing.
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

    /// Whether somebody wrote to the file between the last look and this one, and may not be done.
    ///
    /// A file that took the place of another one is not: who moves it there has written it.
    fn is_being_written(&self, path: &Path, identity: &Identity) -> bool {
        let before = self.before.get(path).and_then(|file| file.identity);
        before.is_some_and(|before| {
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
    /// What the file says, if it is in the state of this identity before and after; or why that is not known, and
    /// when it may be.
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
                // A name that is gone since the look will be missed by the next one.
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
