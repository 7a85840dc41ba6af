//! What a hook is asked before a library is loaded, and what it answers.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::bytes::Blocks;
use super::manifest::Manifest;
use super::refusal::Refusal;

/// What may deny a library; see [`Package::allow`](crate::Package::allow).
pub(crate) type Hook = Box<dyn FnMut(&Candidate<'_>) -> Result<(), Denial> + Send>;

/// A library that is to be loaded, as a hook sees it; see [`Package::allow`](crate::Package::allow).
///
/// All other checks have passed, and no code of the library has run.
pub struct Candidate<'a> {
    pub(super) path: &'a Path,
    pub(super) manifest: &'a Manifest,
    /// The private copy.
    pub(super) file: &'a File,
    pub(super) siblings: &'a [PathBuf],
}

impl Candidate<'_> {
    /// Where the library lies, without links.
    ///
    /// What lies there may have changed: [`reader`](Self::reader) has what is loaded.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.path
    }

    /// What the library says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        self.manifest
    }

    /// Reads the bytes of the library from their beginning, from the private copy that is loaded.
    ///
    /// ```
    /// # use std::io::Read as _;
    /// # use plugin_loader::{Candidate, Denial};
    /// fn is_listed(digest: u64) -> bool {
    ///     // ...
    /// #     digest == 0
    /// }
    ///
    /// fn digest(bytes: &[u8]) -> u64 {
    ///     // ...
    /// #     bytes.len() as u64
    /// }
    ///
    /// fn listed(candidate: &Candidate<'_>) -> Result<(), Denial> {
    ///     let mut bytes = Vec::new();
    ///     candidate.reader().read_to_end(&mut bytes)?;
    ///     if is_listed(digest(&bytes)) {
    ///         Ok(())
    ///     } else {
    ///         Err("its digest is not in the list".into())
    ///     }
    /// }
    /// ```
    ///
    /// Each reader has a place of its own. Reading takes no lock, and the copy is in memory on Linux.
    #[must_use]
    pub fn reader(&self) -> impl Read + Seek + '_ {
        Blocks::new(self.file)
    }

    /// The libraries beside this one that it needs, and finds by its own place (`$ORIGIN`).
    ///
    /// They are loaded before it, from where they lie. No copy of them is made, so their bytes may change after the hook
    /// has read them. Empty on systems other than Linux and the BSDs.
    #[must_use]
    pub fn siblings(&self) -> &[PathBuf] {
        self.siblings
    }

    /// Whether all hooks allow it; the first denial counts.
    pub(super) fn ask(&self, hooks: &mut [Hook]) -> Result<(), Refusal> {
        let mut hooks = hooks.iter_mut();
        hooks
            .try_for_each(|hook| hook(self))
            .map_err(|denial| denial.0)
    }
}

impl Debug for Candidate<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Candidate")
            .field("path", &self.path)
            .field("package", &self.manifest.package)
            .field("version", &self.manifest.version)
            .finish_non_exhaustive()
    }
}

/// Why a hook denies a library: a text, which is then the reason of a [`Refusal::Denied`].
///
/// ```
/// use plugin_loader::Denial;
///
/// let denial: Denial = "it is not on the list of this company".into();
/// assert_eq!(denial.to_string(), "it was denied: it is not on the list of this company");
/// ```
///
/// The text is written as other refusals are: a clause without a full stop; what to do stands on a line of its own, after
/// `help: `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial(pub(super) Refusal);

impl Denial {
    /// What it is in a [`report`](crate::Package::report).
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.0
    }
}

impl From<String> for Denial {
    fn from(reason: String) -> Self {
        Self(Refusal::Denied { reason })
    }
}

impl From<&str> for Denial {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

/// If a hook cannot read what it must read, it denies.
impl From<io::Error> for Denial {
    fn from(error: io::Error) -> Self {
        error.to_string().into()
    }
}

impl Display for Denial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, formatter)
    }
}

impl Error for Denial {}
