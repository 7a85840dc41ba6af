//! Why a file is not used, and why a plugin is not found.

use std::error::Error;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use plugin_core::{InterfaceInfo, PluginInfo};

use crate::Refusal;

/// A file that is not used, or a part of it; see [`Package::report`](crate::Package::report).
///
/// Its `Display` is a line with the path and the reason, and more where there is something to do.
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
        write!(formatter, "{}: {}", self.path.display(), self.refusal)
    }
}

impl Error for Unused {}

/// Why [`Package::find`](crate::Package::find) has no plugin to give.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FindError {
    /// The name that was asked for.
    pub name: String,
    /// The interface whose plugins were searched.
    pub interface: &'static InterfaceInfo,
    /// The plugins that have the name: none, or several.
    pub candidates: Vec<&'static PluginInfo>,
    /// The names that there are, in the order of the plugins.
    pub names: Vec<&'static str>,
    /// The files that are not used: the plugin may be in one of them.
    pub unused: Vec<Unused>,
}

impl Display for FindError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, interface) = (&self.name, self.interface.name());
        if self.candidates.is_empty() {
            write!(formatter, "`{interface}` has no plugin `{name}`")?;
            match &self.names[..] {
                [] => formatter.write_str("\nthere is none")?,
                [only] => write!(formatter, "\nthere is: {only}")?,
                names => write!(formatter, "\nthere are: {}", names.join(", "))?,
            }
            for unused in &self.unused {
                write!(formatter, "\nnot used is {unused}")?;
            }
            return Ok(());
        }
        let count = self.candidates.len();
        write!(
            formatter,
            "`{interface}` has {count} plugins `{name}`; use the id of one of them"
        )?;
        for info in &self.candidates {
            write!(formatter, "\n  {}: {info}", info.id())?;
        }
        Ok(())
    }
}

impl Error for FindError {}
