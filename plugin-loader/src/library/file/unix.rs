//! Directories on Unix: names are looked up relative to an open directory.

use std::ffi::{OsStr, OsString};
#[cfg(target_os = "linux")]
use std::fs;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::sync::OnceLock;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, fchmod, fstat, open, openat, statat};
use rustix::io::Errno;
use rustix::process::{Resource, Uid, getegid, geteuid, getgid, getrlimit, getuid};

use super::{Identity, Status};

/// An open directory: all lookups are in the same directory, even if it is renamed.
pub(crate) struct Folder {
    directory: OwnedFd,
    /// The user whose rights this process has.
    user: Uid,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            directory: open(path, flags, Mode::empty())?,
            user: geteuid(),
        })
    }

    /// The status of the directory itself.
    pub(crate) fn status(&self) -> io::Result<Status> {
        Ok(of(&fstat(&self.directory)?, self.user))
    }

    /// Up to `most` of the wanted names in it, in no order.
    pub(crate) fn names(
        &self,
        most: usize,
        is_wanted: impl Fn(&OsStr) -> bool,
    ) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.directory)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if is_wanted(name) && names.len() < most {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// The status of a file, following links.
    pub(crate) fn status_of(&self, name: &OsStr) -> io::Result<Status> {
        Ok(of(
            &statat(&self.directory, name, AtFlags::empty())?,
            self.user,
        ))
    }

    /// Opens a file. This does not wait for the writer of a pipe.
    pub(crate) fn open_file(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        Ok(openat(&self.directory, name, flags, Mode::empty())?.into())
    }

    /// Opens a file that is not a link, in the same way.
    #[cfg(feature = "signed")]
    pub(crate) fn open_no_link(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        let flags = flags | OFlags::NOFOLLOW;
        Ok(openat(&self.directory, name, flags, Mode::empty())?.into())
    }

    pub(crate) fn is_link(&self, name: &OsStr) -> bool {
        statat(&self.directory, name, AtFlags::SYMLINK_NOFOLLOW)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode).is_symlink())
    }
}

/// The status of a file that is open.
pub(crate) fn status_of_open(file: &File) -> io::Result<Status> {
    Ok(of(&fstat(file)?, geteuid()))
}

// The fields' types are not the same on all platforms.
#[allow(clippy::unnecessary_cast, clippy::cast_sign_loss)]
fn of(stat: &Stat, user: Uid) -> Status {
    let time = |seconds: i128, nanoseconds: i128| seconds * 1_000_000_000 + nanoseconds;
    let mode = Mode::from_raw_mode(stat.st_mode);
    let (owner, group) = (stat.st_uid, stat.st_gid);
    let is_own = owner == 0 || owner == user.as_raw();
    // Many systems have a group for each user, of the same number.
    let is_private = group == 0 || group == owner;
    Status {
        identity: Identity {
            device: stat.st_dev as u64,
            inode: stat.st_ino as u64,
            size: stat.st_size as u64,
            modified: time(stat.st_mtime.into(), stat.st_mtime_nsec.into()),
            changed: time(stat.st_ctime.into(), stat.st_ctime_nsec.into()),
        },
        is_regular: FileType::from_raw_mode(stat.st_mode).is_file(),
        is_world_writable: mode.contains(Mode::WOTH),
        foreign_owner: (!is_own && !is_nobody_here(owner)).then_some(owner),
        foreign_group: (mode.contains(Mode::WGRP) && !is_private).then_some(group),
    }
}

/// Whether the error may be temporary.
pub(crate) fn is_passing(error: &io::Error) -> bool {
    let passing = [
        Errno::MFILE,
        Errno::NFILE,
        Errno::NOMEM,
        Errno::INTR,
        Errno::IO,
    ];
    passing
        .iter()
        .any(|passing| error.raw_os_error() == Some(passing.raw_os_error()))
}

/// Whether a link leads to itself.
pub(crate) fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Whether this process has more rights than the user who started it.
pub(crate) fn has_raised_privileges() -> bool {
    #[cfg(target_os = "linux")]
    // SAFETY: the function reads the process's own auxiliary vector, and takes any number.
    let is_secure = unsafe { libc::getauxval(libc::AT_SECURE) } != 0;
    #[cfg(not(target_os = "linux"))]
    let is_secure = false;
    is_secure || getuid() != geteuid() || getgid() != getegid()
}

/// Reads at a position in a file, without moving the file's own position.
pub(crate) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    file.read_at(bytes, at)
}

/// The largest file that this process may write. The system kills a process that writes more.
pub(crate) fn longest() -> u64 {
    getrlimit(Resource::Fsize).current.unwrap_or(u64::MAX)
}

/// Lets everybody read a file, whatever the umask is.
pub(crate) fn let_everybody_read(file: &File) -> io::Result<()> {
    Ok(fchmod(file, Mode::from_raw_mode(0o644))?)
}

/// Whether this is the id that stands for all users without an id in this process's user namespace.
///
/// The system's administrator may be one of them. Such files are trusted: the creator of the namespace has chosen its files.
fn is_nobody_here(owner: u32) -> bool {
    #[cfg(target_os = "linux")]
    {
        static NOBODY: OnceLock<Option<u32>> = OnceLock::new();
        let nobody = || {
            let map = fs::read_to_string("/proc/self/uid_map").ok()?;
            let is_whole = map.split_whitespace().eq(["0", "0", "4294967295"]);
            let nobody = fs::read_to_string("/proc/sys/kernel/overflowuid").ok();
            let nobody = nobody.and_then(|number| number.trim().parse().ok());
            (!is_whole).then(|| nobody.unwrap_or(65_534))
        };
        *NOBODY.get_or_init(nobody) == Some(owner)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = owner;
        false
    }
}
