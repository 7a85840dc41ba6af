//! What this process has loaded.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use crate::library::file::Identity;
use crate::library::load::{Library, load};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;
use crate::look::standing::File;

/// The libraries that were loaded, and those that could not be, by path.
#[derive(Default)]
pub(crate) struct Loaded {
    libraries: HashMap<PathBuf, (Identity, &'static Library)>,
    failures: HashMap<PathBuf, (Identity, Refusal)>,
}

impl Loaded {
    /// In which state the file was when it was loaded.
    pub(crate) fn identity(&self, path: &Path) -> Option<Identity> {
        Some(self.libraries.get(path)?.0)
    }

    /// The library that was loaded from the file's path.
    pub(crate) fn get(&self, file: &File) -> Option<&'static Library> {
        Some(self.libraries.get(&file.path)?.1)
    }

    /// Why the file could not be loaded, in the state in which it is.
    pub(crate) fn failure(&self, file: &File) -> Option<&Refusal> {
        let (identity, refusal) = self.failures.get(&file.path)?;
        (Some(*identity) == file.identity).then_some(refusal)
    }

    /// The library, unless loading it fails, or has failed.
    pub(crate) fn get_or_load(
        &mut self,
        file: &File,
        manifest: &Manifest,
    ) -> Option<&'static Library> {
        let identity = file.identity?;
        if self.failure(file).is_some() {
            return None;
        }
        let vacant = match self.libraries.entry(file.path.clone()) {
            Entry::Occupied(loaded) => return Some(loaded.get().1),
            Entry::Vacant(vacant) => vacant,
        };
        // SAFETY: who made the `Package` has promised it of all files in its directories.
        match unsafe { load(&file.path, Some((identity, manifest))) } {
            Ok(library) => Some(vacant.insert((identity, library)).1),
            Err(refusal) => {
                self.failures.insert(file.path.clone(), (identity, refusal));
                None
            }
        }
    }
}
