//! Why a file is not used.

use std::error::Error;
use std::fmt::{self, Display};

/// Why a file of a drop-in directory is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// A directory, a pipe, a socket, or a device.
    NotRegularFile,
}

impl Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegularFile => formatter.write_str("it is not a regular file"),
        }
    }
}

impl Error for Refusal {}
