//! A file that is not used, with the reason.

use std::error::Error;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use crate::library::refusal::Refusal;
use crate::library::shown::Shown;

/// A file that is not used, or not completely; [`Package::report`](crate::Package::report) returns it.
///
/// Its `Display` is a line with the path and the reason, with further lines if there is something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// The file, or the directory.
    pub path: PathBuf,
    /// The reason why it is not used.
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
