//! The argument of a hook, a library that is about to be loaded, and its answer.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::bytes::Blocks;
use super::manifest::Manifest;
use super::refusal::Refusal;

/// A closure that may deny a library; see [`Package::allow`](crate::Package::allow).
pub(crate) type Hook = Box<dyn FnMut(&Candidate<'_>) -> Result<(), Denial> + Send>;

/// A library that is about to be loaded; the hooks of [`Package::allow`](crate::Package::allow) get it.
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
    /// Returns the path of the library, with all links resolved.
    ///
    /// The file at this path may have changed since it was copied. The bytes that will be loaded are those of
    /// [`reader`](Self::reader).
    #[must_use]
    pub fn path(&self) -> &Path {
        self.path
    }

    /// Returns the manifest of the library.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        self.manifest
    }

    /// Returns a reader of the bytes that will be loaded, from the beginning.
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
    /// It reads the private copy, which is in memory on Linux. Each reader has its own position, and reading takes no lock.
    #[must_use]
    pub fn reader(&self) -> impl Read + Seek + '_ {
        Blocks::new(self.file)
    }

    /// Returns the paths of the libraries that this library needs and finds relative to itself, through `$ORIGIN`.
    ///
    /// They are loaded before it, from these paths. They are not copied, so their bytes may change after the hook has read
    /// them. The list is empty on systems other than Linux and the BSDs.
    #[must_use]
    pub fn siblings(&self) -> &[PathBuf] {
        self.siblings
    }

    /// Calls the hooks until one denies the library.
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

/// The reason why a hook denies a library; a [`Refusal::Denied`] contains it.
///
/// Make one from a string:
///
/// ```
/// use plugin_loader::Denial;
///
/// let denial: Denial = "it is not on the list of this company".into();
/// assert_eq!(denial.to_string(), "it was denied: it is not on the list of this company");
/// ```
///
/// Write the text like the other reasons: a clause without a full stop. If there is something to do, say it on a line of
/// its own after `help: `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial(pub(super) Refusal);

impl Denial {
    /// Returns the reason as it is in a [`report`](crate::Package::report).
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

/// Lets a hook use `?` when it reads files: it denies the library if it cannot read one.
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
