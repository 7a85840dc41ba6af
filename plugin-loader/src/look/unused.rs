//! Why a file is not used.

use std::error::Error;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use crate::library::refusal::Refusal;
use crate::library::shown::Shown;

/// A file that is not used, or of which a part is not used; [`Package::report`](crate::Package::report) returns it.
///
/// Its `Display` is a line with the path and the reason, and more lines if there is something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// The file, or the directory.
    pub path: PathBuf,
    /// Why it is not used.
    pub refusal: Refusal,
}

impl Unused {
    pub(crate) fn new(path: &Path, refusal: &Refusal) -> Self {
        Self {
            path: path.to_owned(),
            refusal: refusal.clone(),
        }
    }
}

impl Display for Unused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", Shown(&self.path), self.refusal)
    }
}

impl Error for Unused {}
