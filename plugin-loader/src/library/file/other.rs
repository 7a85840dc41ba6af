//! Directories on other platforms: by their paths, with the metadata that the standard library has everywhere.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata};
use std::io;
use std::os::windows::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{Identity, Status, nanoseconds};

/// A directory.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() {
            Ok(Self(path.to_owned()))
        } else {
            Err(io::ErrorKind::NotADirectory.into())
        }
    }

    pub(crate) fn status(&self) -> io::Result<Status> {
        Ok(of(&fs::metadata(&self.0)?))
    }

    pub(crate) fn names(
        &self,
        most: usize,
        is_wanted: impl Fn(&OsStr) -> bool,
    ) -> io::Result<Vec<OsString>> {
        let entries = fs::read_dir(&self.0)?;
        let names = entries.map(|entry| Ok(entry?.file_name()));
        let wanted = names.filter(|name| !matches!(name, Ok(name) if !is_wanted(name)));
        wanted.take(most).collect()
    }

    pub(crate) fn status_of(&self, name: &OsStr) -> io::Result<Status> {
        Ok(of(&fs::metadata(self.0.join(name))?))
    }

    pub(crate) fn open_file(&self, name: &OsStr) -> io::Result<File> {
        File::open(self.0.join(name))
    }

    #[cfg(feature = "signed")]
    pub(crate) fn open_no_link(&self, name: &OsStr) -> io::Result<File> {
        if self.is_link(name) {
            return Err(io::Error::other("it is a link"));
        }
        self.open_file(name)
    }

    pub(crate) fn is_link(&self, name: &OsStr) -> bool {
        fs::symlink_metadata(self.0.join(name)).is_ok_and(|status| status.is_symlink())
    }
}

pub(crate) fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::OutOfMemory
    )
}

pub(crate) fn is_loop(_: &io::Error) -> bool {
    false
}

pub(crate) fn has_raised_privileges() -> bool {
    false
}

fn of(metadata: &Metadata) -> Status {
    let modified = metadata.modified().ok();
    let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, nanoseconds);
    Status {
        identity: Identity {
            device: 0,
            inode: 0,
            size: metadata.len(),
            modified,
            changed: modified,
        },
        is_regular: metadata.is_file(),
        is_world_writable: false,
        foreign_owner: None,
        foreign_group: None,
    }
}

pub(crate) fn status_of_open(file: &File) -> io::Result<Status> {
    Ok(of(&file.metadata()?))
}

pub(crate) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    file.seek_read(bytes, at)
}

pub(crate) fn longest() -> u64 {
    u64::MAX
}

#[expect(clippy::unnecessary_wraps, reason = "it may fail on Unix")]
pub(crate) fn let_everybody_read(_: &File) -> io::Result<()> {
    Ok(())
}
