//! One look at all directories: what each file in them is good for.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Searched;
use super::cache::{Known, Said};
use super::directory::{Directory, Found};
use super::standing::{File, Host, Standing};
use crate::library::file::{self, Folder, Identity};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;

/// In which state the library of a path was loaded.
pub(super) type Loads<'a> = &'a dyn Fn(&Path) -> Option<Identity>;

/// A look at all directories, in their order.
pub(super) struct View<'a> {
    pub(super) now: i128,
    /// The files that there were at the last look.
    pub(super) before: HashMap<&'a Path, Identity>,
    pub(super) loaded: Loads<'a>,
    pub(super) host: &'a Host,
    pub(super) files: Vec<File>,
    /// The index of the first file of each name.
    pub(super) names: HashMap<OsString, usize>,
    /// The index of the first name of each file.
    pub(super) inodes: HashMap<(u64, u64), usize>,
    /// The first directory that has the marker.
    pub(super) first_copy: Option<PathBuf>,
    pub(super) is_pending: bool,
}

impl View<'_> {
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

    pub(super) fn add(&mut self, searched: &mut Searched) {
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
        if (self.loaded)(path).is_some_and(|loaded| !loaded.has_content_of(&identity)) {
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
        let folder = match &mut self.folder {
            Some(folder) => folder,
            folder => folder.insert(Folder::open(self.directory).map_err(Refusal::unreadable)?),
        };
        let file = folder.open_file(name.as_ref()).map_err(|error| {
            // A name that is gone since the look will be missed by the next one.
            let gone = Refusal::Unfinished { so_far: None };
            folder.refusal(name.as_ref(), &error).unwrap_or(gone)
        })?;
        let before = file::status_of_open(&file).map_err(Refusal::unreadable)?;
        if before.identity != *identity {
            return Err(Refusal::Unfinished { so_far: None });
        }
        let said = Said::new(Manifest::read(&file));
        let after = file::status_of_open(&file).map_err(Refusal::unreadable)?;
        if after.identity == *identity {
            Ok(said)
        } else {
            Err(Refusal::Unfinished { so_far: None })
        }
    }
}
