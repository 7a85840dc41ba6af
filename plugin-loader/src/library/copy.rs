//! The private copy of a library, which is checked and loaded.
//!
//! On Linux it is a sealed file in memory. If that is not possible, it is a file in a private directory, which is removed as soon
//! as the system has loaded it.

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
    /// The path for the system's loader.
    path: PathBuf,
    /// The directory of the copy; `None` if the copy is in memory.
    directory: Option<TempDir>,
}

impl Copy {
    /// Makes a copy in memory, or on disk if that is not possible.
    pub(super) fn new(original: &File, path: &Path, size: u64) -> Result<Self, Refusal> {
        match Self::in_memory(original, path, size)? {
            Some(copy) => Ok(copy),
            None => Self::on_disk(original, path, size),
        }
    }

    /// Makes a copy on disk, for systems that do not execute files in memory.
    pub(super) fn on_disk(original: &File, path: &Path, size: u64) -> Result<Self, Refusal> {
        sweep();
        let in_directory = || {
            let directory = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
            // The name of the library, which backtraces and debuggers show.
            let path = directory.path().join(path.file_name().unwrap_or_default());
            let file = File::create_new(&path)?;
            Ok((file, path, directory))
        };
        let (file, path, directory) = in_directory().map_err(Refusal::uncopied)?;
        fill(&file, original, size)?;
        // The file must not be open for writing while it is loaded.
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

    /// The path for the system's loader.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_in_memory(&self) -> bool {
        self.directory.is_none()
    }

    /// Gives up the copy after it was loaded, and returns a file to read it from; `None` if descriptors are scarce.
    ///
    /// The caller must not close the file. The system identifies a loaded library by its path, which contains the descriptor of
    /// a file in memory, so no other file may get that descriptor. Also, a backtrace reads the symbols from there.
    pub(super) fn leave(self) -> Option<File> {
        if cfg!(windows) {
            // A loaded file cannot be removed; a later process does that.
            self.directory.map(TempDir::keep);
            return Some(self.file);
        }
        (self.directory.is_none() || has_room(&self.file)).then_some(self.file)
    }
}

/// The prefix of the names of these directories.
const PREFIX: &str = "plugin-loader-";

/// Removes the copies that ended processes have left behind.
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
            // On Windows, a copy in use cannot be removed, and stays.
            let _ = fs::remove_dir_all(entry.path());
        }
    });
}

/// Creates a file in memory, named after the path, if the system can.
#[cfg(target_os = "linux")]
fn memory(path: &Path) -> Option<File> {
    use rustix::fs::{MemfdFlags, memfd_create};
    use std::os::unix::ffi::OsStrExt as _;

    const LONGEST: usize = 240;

    let path = path.as_os_str().as_bytes();
    let name = &path[path.len().saturating_sub(LONGEST)..];
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let file = memfd_create(name, flags | MemfdFlags::EXEC)
        // Older kernels do not know `EXEC`.
        .or_else(|_| memfd_create(name, flags))
        .ok()?;
    let file = File::from(file);
    has_room(&file).then_some(file)
}

/// Whether the file may stay open: half of the descriptors are left to the program.
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

/// Copies a file of this size.
fn fill(mut copy: &File, mut original: &File, size: u64) -> Result<(), Refusal> {
    const PIECE: u64 = 4 << 20;
    const LONGEST: Duration = Duration::from_secs(10);

    // The system kills a process that exceeds its limit (`RLIMIT_FSIZE`).
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
