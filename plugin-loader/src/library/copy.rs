//! A private copy of a library: the loader checks this copy, and loads it.
//!
//! On Linux it is a sealed file in memory. Where there is none, it is a file in a directory of this user's, which is
//! removed as soon as the system has loaded it.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::file;
use super::refusal::Refusal;

pub(super) struct Copy {
    file: File,
    /// What the system's loader is given.
    path: PathBuf,
    /// Where the copy is on disk; nowhere if it is in memory.
    directory: Option<TempDir>,
}

impl Copy {
    /// A copy in memory, or else on disk.
    pub(super) fn new(original: &File, path: &Path, size: u64) -> Result<Self, Refusal> {
        match Self::in_memory(original, path, size)? {
            Some(copy) => Ok(copy),
            None => Self::on_disk(original, path, size),
        }
    }

    /// A copy on disk, for a system that runs nothing that is in memory.
    pub(super) fn on_disk(original: &File, path: &Path, size: u64) -> Result<Self, Refusal> {
        sweep();
        let in_directory = || {
            let directory = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
            // Backtraces and debuggers show the name.
            let path = directory.path().join(path.file_name().unwrap_or_default());
            let file = File::create_new(&path)?;
            Ok((file, path, directory))
        };
        let (file, path, directory) = in_directory().map_err(Refusal::uncopied)?;
        fill(&file, original, size)?;
        // It cannot be loaded while it is open for writing.
        let file = File::open(&path).map_err(Refusal::uncopied)?;
        Ok(Self {
            file,
            path,
            directory: Some(directory),
        })
    }

    #[cfg(target_os = "linux")]
    fn in_memory(original: &File, path: &Path, size: u64) -> Result<Option<Self>, Refusal> {
        use rustix::fs::{SealFlags, fcntl_add_seals};
        use std::os::fd::AsRawFd as _;

        let Some(file) = memory(path) else {
            return Ok(None);
        };
        fill(&file, original, size)?;
        let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        if fcntl_add_seals(&file, seals).is_err() {
            return Ok(None);
        }
        let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        // Without `/proc`, the file has no path.
        let is_same =
            || Some(file::identity(&file).ok()? == file::identity(&File::open(&path).ok()?).ok()?);
        Ok((is_same() == Some(true)).then_some(Self {
            file,
            path,
            directory: None,
        }))
    }

    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unnecessary_wraps, reason = "there may be a copy on Linux")]
    fn in_memory(_: &File, _: &Path, _: u64) -> Result<Option<Self>, Refusal> {
        Ok(None)
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// What the system's loader is given.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_in_memory(&self) -> bool {
        self.directory.is_none()
    }

    /// Leaves the copy to the system, which has loaded it, and gives what it can be read from: the caller must not close
    /// that. `None` if descriptors are scarce.
    ///
    /// The system takes what has the same path for the same library: no other file may get the number of one in memory. Also,
    /// a backtrace reads symbols from there.
    pub(super) fn leave(self) -> Option<File> {
        if cfg!(windows) {
            // It cannot be removed while it is loaded: a later process does that.
            self.directory.map(TempDir::keep);
            return Some(self.file);
        }
        (self.directory.is_none() || has_room(&self.file)).then_some(self.file)
    }
}

/// How the directories of copies are called.
const PREFIX: &str = "plugin-loader-";

/// Removes the copies of processes that have ended before they could.
fn sweep() {
    static ONCE: Once = Once::new();
    const LOADING: Duration = Duration::from_secs(60);

    let is_left = |entry: &fs::DirEntry| {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let status = entry
            .metadata()
            .ok()
            .filter(|status| is_ours && status.is_dir());
        let modified = status.and_then(|status| status.modified().ok());
        modified.is_some_and(|time| time.elapsed().is_ok_and(|age| age > LOADING))
    };
    ONCE.call_once(|| {
        let entries = fs::read_dir(env::temp_dir())
            .into_iter()
            .flatten()
            .flatten();
        for entry in entries.filter(is_left) {
            // One that is in use stays where it can be in use, on Windows.
            let _ = fs::remove_dir_all(entry.path());
        }
    });
}

/// A file in memory, with the path as its name, if there can be one.
#[cfg(target_os = "linux")]
fn memory(path: &Path) -> Option<File> {
    use rustix::fs::{MemfdFlags, memfd_create};
    use std::os::unix::ffi::OsStrExt as _;

    const LONGEST: usize = 240;

    let path = path.as_os_str().as_bytes();
    let name = &path[path.len().saturating_sub(LONGEST)..];
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let file = memfd_create(name, flags | MemfdFlags::EXEC)
        // An older kernel does not know the flag.
        .or_else(|_| memfd_create(name, flags))
        .ok()?;
    let file = File::from(file);
    has_room(&file).then_some(file)
}

/// Whether a file may stay open: the program needs descriptors, too.
#[cfg(unix)]
fn has_room(file: &File) -> bool {
    use rustix::process::{Resource, getrlimit};
    use std::os::fd::AsRawFd as _;

    let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    u64::try_from(file.as_raw_fd()).is_ok_and(|number| number < most / 2)
}

#[cfg(not(unix))]
fn has_room(_: &File) -> bool {
    true
}

/// Copies a file that has this size.
fn fill(mut copy: &File, mut original: &File, size: u64) -> Result<(), Refusal> {
    const PIECE: u64 = 4 << 20;
    const LONGEST: Duration = Duration::from_secs(10);

    // The system kills a process that writes a file longer than this.
    let longest = file::longest();
    if size > longest {
        let error = format!("this process cannot write files of more than {longest} bytes");
        return Err(Refusal::NotCopied { error });
    }
    original.rewind().map_err(Refusal::unreadable)?;
    let start = Instant::now();
    let mut left = size;
    while left > 0 {
        let piece = io::copy(&mut original.by_ref().take(PIECE.min(left)), &mut copy);
        match piece.map_err(Refusal::uncopied)? {
            0 => return Err(Refusal::ChangedDuringLoad),
            len => left -= len,
        }
        if start.elapsed() > LONGEST {
            let seconds = LONGEST.as_secs();
            return Err(Refusal::Slow { seconds });
        }
    }
    Ok(())
}
