//! The contents of the directories that were searched, to explain why no plugin was found.

use std::ffi::OsStr;
use std::fmt::{self, Display};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::library::file::{LIBRARIES, is_library};
use crate::library::shown::Shown;

/// A directory that was searched; [`Package::searched`](crate::Package::searched) returns it.
///
/// Its `Display` is a line with the directory and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Searched {
    /// The directory.
    pub directory: PathBuf,
    /// The reason why the directory cannot be searched, if there is one. A package's directories need not exist.
    pub error: Option<String>,
    /// The number of files with the name of a library.
    pub libraries: usize,
    /// Up to three ignored entries that look like libraries: a file such as `libglass.so.1`, or a directory with libraries.
    pub near: Vec<PathBuf>,
}

/// The number of ignored entries to show: a few are enough for the user to see the mistake.
const NEAR: usize = 3;

impl Searched {
    /// Lists the directory, and the directories in it.
    pub(crate) fn new(directory: PathBuf) -> Self {
        let mut searched = Self {
            directory,
            error: None,
            libraries: 0,
            near: Vec::new(),
        };
        if let Err(error) = searched.look() {
            searched.error = Some(match error.kind() {
                io::ErrorKind::NotFound => "it does not exist".to_owned(),
                io::ErrorKind::NotADirectory => "it is not a directory".to_owned(),
                _ => format!("it cannot be read: {error}"),
            });
        }
        searched
    }

    fn look(&mut self) -> io::Result<()> {
        let mut entries = fs::read_dir(&self.directory)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_unstable_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (name, path) = (entry.file_name(), entry.path());
            if is_library(&name) {
                self.libraries += 1;
            } else if self.near.len() < NEAR && (is_versioned(&name) || has_libraries(&path)) {
                self.near.push(path);
            }
        }
        Ok(())
    }
}

/// Whether a name is that of a library followed by a version.
fn is_versioned(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    LIBRARIES.iter().any(|suffix| {
        let parts = name.split_once(&format!(".{suffix}."));
        parts.is_some_and(|(_, version)| version.starts_with(|first: char| first.is_ascii_digit()))
    })
}

fn has_libraries(path: &Path) -> bool {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut entries = entries.take(1_000);
    entries.any(|entry| is_library(&entry.file_name()))
}

impl Display for Searched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", Shown(&self.directory))?;
        if let Some(error) = &self.error {
            return formatter.write_str(error);
        }
        match self.libraries {
            0 => formatter.write_str("it contains no libraries")?,
            1 => formatter.write_str("it contains 1 library")?,
            count => write!(formatter, "it contains {count} libraries")?,
        }
        for near in &self.near {
            let name = Shown(near.file_name().unwrap_or_default().as_ref());
            if near.is_dir() {
                write!(
                    formatter,
                    "; `{name}` in it contains libraries, but is not searched"
                )?;
            } else {
                let suffix = std::env::consts::DLL_SUFFIX;
                write!(formatter, "; `{name}` does not end in `{suffix}`")?;
            }
        }
        Ok(())
    }
}
