//! The libraries that a package has loaded, and those that it could not load.

use std::collections::HashMap;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plugin_core::__private::dropin::crossing;
use plugin_core::{InterfaceInfo, PluginInfo};

use crate::library::file::Identity;
use crate::library::load::{Library, sketch};
use crate::library::manifest::{Manifest, token};
use crate::library::refusal::Refusal;
use crate::look::Loads;
use crate::look::standing::{File, Standing};

/// The libraries that were loaded, and those that could not be, by path.
#[derive(Default)]
pub(crate) struct Loaded {
    libraries: HashMap<PathBuf, (Identity, &'static Library)>,
    failures: HashMap<PathBuf, Failure>,
    /// What an answer needs, and has not been loaded.
    wanted: Vec<Wanted>,
    /// What files offer that were not loaded.
    sketches: HashMap<PathBuf, (Identity, Vec<&'static PluginInfo>)>,
    /// The files that were not as they had been seen.
    changed: Vec<PathBuf>,
    /// The files that could not be loaded when that was tried last, although it may be tried again.
    failed: HashMap<PathBuf, Identity>,
    /// Whether there is another file that could not be loaded, or one less.
    is_reconsidered: bool,
    version: u64,
}

struct Failure {
    identity: Identity,
    refusal: Refusal,
    time: Instant,
}

/// A library that is to be loaded, as it was seen.
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    pub(super) manifest: Manifest,
}

/// An interface as one program has it.
pub(super) struct Form {
    /// The token, as files say it.
    token: String,
}

impl Form {
    /// `None` if no library can provide it.
    pub(super) fn of(interface: &'static InterfaceInfo) -> Option<Self> {
        let token = token::text(crossing(interface)?.token);
        Some(Self { token })
    }

    /// Whether a file may offer the interface in this form: to parse each manifest would take longer than all else.
    pub(super) fn may_be_in(&self, file: &File) -> bool {
        match &file.standing {
            Standing::Offers(json) => json.contains(&self.token),
            Standing::Stale => true,
            Standing::Refused(_) => false,
        }
    }
}

/// Until it makes sense to try again what may have passed.
const LATER: Duration = Duration::from_secs(1);

impl Loaded {
    /// The library that was loaded from the file's path.
    pub(crate) fn get(&self, file: &File) -> Option<&'static Library> {
        Some(self.libraries.get(&file.path)?.1)
    }

    /// The library that was loaded from the file's path, if it can be used.
    pub(super) fn library(&self, file: &File) -> Option<&'static Library> {
        match file.standing {
            Standing::Stale => self.get(file),
            Standing::Offers(_) if self.failure(file).is_none() => self.get(file),
            _ => None,
        }
    }

    /// Has the file loaded before a question is answered.
    pub(super) fn want(&mut self, file: &File) {
        let is_wanted = self.wanted.iter().any(|wanted| wanted.path == file.path);
        let (Some(manifest), Some(identity), false) =
            (file.standing.manifest(), file.identity, is_wanted)
        else {
            return;
        };
        self.wanted.push(Wanted {
            path: file.path.clone(),
            identity,
            manifest,
        });
    }

    /// What was wanted, since this was asked last.
    pub(super) fn take_wanted(&mut self) -> Vec<Wanted> {
        mem::take(&mut self.wanted)
    }

    /// Whether something is wanted, so that an answer is not complete.
    pub(super) fn is_incomplete(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The plugins of the file: those that were loaded, or what is known of them before.
    pub(super) fn infos(&mut self, file: &File) -> Vec<&'static PluginInfo> {
        if let Some(library) = self.library(file) {
            return library.infos().collect();
        }
        let (Some(identity), None) = (file.identity, self.failure(file)) else {
            return Vec::new();
        };
        match self.sketches.get(&file.path) {
            Some((of, infos)) if *of == identity => return infos.clone(),
            _ => {}
        }
        let Some(manifest) = file.standing.manifest() else {
            return Vec::new();
        };
        let infos: Vec<_> = manifest.plugins.iter().map(sketch).collect();
        let sketched = (identity, infos.clone());
        self.sketches.insert(file.path.clone(), sketched);
        infos
    }

    /// Why the file could not be loaded, in the state in which it is.
    pub(crate) fn failure(&self, file: &File) -> Option<&Refusal> {
        let failure = self.failures.get(&file.path)?;
        (Some(failure.identity) == file.identity).then_some(&failure.refusal)
    }

    /// The number of what is known here: another one where that is different.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Keeps what came of a library that was wanted.
    pub(super) fn keep(&mut self, wanted: Wanted, result: Result<&'static Library, Refusal>) {
        let Wanted { path, identity, .. } = wanted;
        self.version += 1;
        match result {
            Ok(library) => {
                self.is_reconsidered |= self.failed.remove(&path).is_some();
                self.failures.remove(&path);
                self.libraries.insert(path, (identity, library));
            }
            Err(refusal) => {
                if refusal == Refusal::ChangedDuringLoad {
                    self.changed.push(path.clone());
                } else {
                    let before = self.failed.insert(path.clone(), identity);
                    self.is_reconsidered |= before != Some(identity);
                }
                let failure = Failure {
                    identity,
                    refusal,
                    time: Instant::now(),
                };
                self.failures.insert(path, failure);
            }
        }
    }

    /// The files that were not as they had been seen, since this was asked last.
    ///
    /// They may be loaded at once: as they will be seen then.
    pub(crate) fn take_changed(&mut self) -> Vec<PathBuf> {
        for path in &self.changed {
            self.failures.remove(path);
        }
        mem::take(&mut self.changed)
    }

    /// Whether a file could not be loaded, or could be, for the first time since this was asked last.
    pub(crate) fn take_reconsidered(&mut self) -> bool {
        mem::take(&mut self.is_reconsidered)
    }

    /// Forgets the failures whose reasons may have passed.
    pub(crate) fn forgive(&mut self) {
        self.forget(|failure| failure.refusal.may_pass() && failure.time.elapsed() >= LATER);
    }

    /// Forgets all failures.
    pub(super) fn forgive_all(&mut self) {
        self.forget(|_| true);
    }

    fn forget(&mut self, is_forgotten: impl Fn(&Failure) -> bool) {
        let count = self.failures.len();
        self.failures.retain(|_, failure| !is_forgotten(failure));
        if self.failures.len() != count {
            self.version += 1;
        }
    }

    /// The files as they turned out to be: what could not be loaded, and is not tried again by itself, is refused.
    pub(super) fn seen(&self, files: &Arc<Vec<File>>) -> Arc<Vec<File>> {
        let is_lasting = |failure: &Failure| !failure.refusal.may_pass();
        if !self.failures.values().any(is_lasting) {
            return Arc::clone(files);
        }
        let mut files = Vec::clone(files);
        for file in files.iter_mut().filter(|file| file.is_used()) {
            let refusal = self.failure(file).filter(|refusal| !refusal.may_pass());
            if let Some(refusal) = refusal.cloned() {
                file.standing = Standing::Refused(refusal);
            }
        }
        Arc::new(files)
    }

    /// After which time a failure may have passed, although nothing happens to a file.
    pub(crate) fn due(&self) -> Option<Duration> {
        let failures = self.failures.values();
        // That a library is missing passes when somebody installs it, and not by itself.
        let passing = failures
            .filter(|failure| failure.refusal.may_pass())
            .filter(|failure| !matches!(failure.refusal, Refusal::Open { .. }));
        passing
            .map(|failure| LATER.saturating_sub(failure.time.elapsed()))
            .min()
    }
}

impl Loads for Loaded {
    fn identity(&self, path: &Path) -> Option<Identity> {
        Some(self.libraries.get(path)?.0)
    }

    fn has_failed(&self, file: &File) -> bool {
        let failed = self.failed.get(&file.path);
        failed.is_some() && failed.copied() == file.identity
    }
}
