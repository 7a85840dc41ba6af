//! The status and the identity of files. No file is opened before its status has been checked.

#[cfg_attr(unix, path = "file/unix.rs")]
#[cfg_attr(not(unix), path = "file/other.rs")]
mod platform;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use self::platform::is_loop;
pub(crate) use self::platform::{
    Folder, has_raised_privileges, is_passing, let_everybody_read, longest, read_at, status_of_open,
};
use super::refusal::Refusal;

/// The name of the file that marks a directory as an installed copy of a whole package.
///
/// If several directories of a [`Package`](crate::Package) contain this file, only the first of them is searched.
pub const MARKER: &str = "dropin.package";

/// The largest library that is used, so that a disk image named `x.so` is not read.
pub(crate) const LARGEST: u64 = 1 << 30;

/// Identifies the state of a file by its status, without reading the file.
///
/// Unlike the modification time, the change time cannot be set by a program. So the identity also differs if a file is replaced by
/// one of the same size and modification time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    pub(crate) device: u64,
    pub(crate) inode: u64,
    pub(crate) size: u64,
    /// The modification time, in nanoseconds since the epoch, like the change time.
    pub(crate) modified: i128,
    pub(crate) changed: i128,
}

impl Identity {
    /// The device and inode, which stay the same when the file is written to; `None` if the platform has none.
    pub(crate) fn file(&self) -> Option<(u64, u64)> {
        (self.inode != 0).then_some((self.device, self.inode))
    }

    /// Whether the content is the same in both states. A new link to the file, for example, changes only the status.
    pub(crate) fn has_content_of(&self, other: &Self) -> bool {
        (self.file(), self.size, self.modified) == (other.file(), other.size, other.modified)
    }

    /// Whether every change of the file after `now` will change its identity.
    ///
    /// This is false if the clock of the file system has not advanced since the last change; such an identity must not be cached. If
    /// the change time is later than now, the clock was set back since, and a new change gets another time.
    pub(crate) fn is_settled(&self, now: i128) -> bool {
        const COARSE: Duration = Duration::from_secs(2);
        const FINE: Duration = Duration::from_millis(100);

        // Times on a file system are in whole seconds (in two seconds on FAT), or follow the kernel's clock, which advances every
        // few milliseconds.
        let clock = if self.has_whole_seconds() {
            COARSE
        } else {
            FINE
        };
        (now - self.changed).abs() > nanoseconds(clock)
    }

    /// Whether the change time may be one that somebody chose.
    ///
    /// Images of file systems are built with such times, so files in two images may have the same identity.
    pub(crate) fn has_whole_seconds(&self) -> bool {
        self.changed % 1_000_000_000 == 0
    }

    /// How long to wait until the file counts as completely written; `None` if it already does.
    ///
    /// A tool that copies the modification time along with the file sets it after the last write.
    pub(crate) fn fresh_for(&self, now: i128) -> Option<Duration> {
        const WRITING: Duration = Duration::from_secs(2);

        let written = self.modified + nanoseconds(WRITING);
        let is_fresh = (now - self.modified).abs() < nanoseconds(WRITING);
        is_fresh.then(|| duration(written - now))
    }
}

/// The status of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status {
    pub(crate) identity: Identity,
    pub(crate) is_regular: bool,
    /// Whether everybody can write to it.
    pub(crate) is_world_writable: bool,
    /// Its owner, if that is neither the administrator nor the user of this process.
    pub(crate) foreign_owner: Option<u32>,
    /// The group that can write to it, if that is neither the administrator's nor the owner's own.
    pub(crate) foreign_group: Option<u32>,
}

impl Status {
    /// Checks that this is a regular file of a trusted owner, and not too large.
    pub(crate) fn check(&self, trust: Trust) -> Result<Identity, Refusal> {
        if !self.is_regular {
            return Err(Refusal::NotRegularFile);
        }
        self.check_owner(trust)?;
        if self.identity.size > LARGEST {
            return Err(Refusal::TooLarge {
                size: self.identity.size,
                largest: LARGEST,
            });
        }
        Ok(self.identity)
    }

    /// Checks that nobody else can write to the file.
    pub(crate) fn check_owner(&self, trust: Trust) -> Result<(), Refusal> {
        if trust == Trust::Everybody {
            return Ok(());
        }
        if self.is_world_writable {
            return Err(Refusal::WorldWritable);
        }
        match (self.foreign_owner, self.foreign_group) {
            (Some(owner), _) => Err(Refusal::ForeignOwner { owner }),
            (None, Some(group)) => Err(Refusal::GroupWritable { group }),
            (None, None) => Ok(()),
        }
    }
}

/// Whose files are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Files that only the system's administrator and this process's user can write to.
    Owner,
    Everybody,
}

/// The time now, in the unit of an [`Identity`].
pub(crate) fn now() -> i128 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    }
}

impl Folder {
    /// The reason why a file has no status or cannot be opened; `None` if it does not exist.
    pub(crate) fn refusal(&self, name: &OsStr, error: &io::Error) -> Option<Refusal> {
        if is_loop(error) {
            Some(Refusal::LinkLoop)
        } else if error.kind() != io::ErrorKind::NotFound {
            Some(Refusal::Unreadable {
                error: error.to_string(),
            })
        } else if self.is_link(name) {
            Some(Refusal::DanglingLink)
        } else {
            None
        }
    }
}

/// Opens a library, and returns its state. This does not block on a pipe.
pub(crate) fn open(path: &Path) -> Result<(File, Identity), Refusal> {
    let (file, status) = open_any(path)?;
    Ok((file, status.check(Trust::Everybody)?))
}

/// Opens a program, which may be larger than any library.
pub(crate) fn open_program(path: &Path) -> Result<File, Refusal> {
    let (file, status) = open_any(path)?;
    if status.is_regular {
        Ok(file)
    } else {
        Err(Refusal::NotRegularFile)
    }
}

fn open_any(path: &Path) -> Result<(File, Status), Refusal> {
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(Refusal::NotRegularFile);
    };
    let file = Folder::open(directory).and_then(|folder| folder.open_file(name));
    let file = file.map_err(Refusal::unreadable)?;
    let status = status_of_open(&file).map_err(Refusal::unreadable)?;
    Ok((file, status))
}

/// The state of an open file.
pub(crate) fn identity(file: &File) -> io::Result<Identity> {
    Ok(status_of_open(file)?.identity)
}

/// Reads a file that the caller knows to be a regular file of this size.
pub(crate) fn read(mut file: &File, size: u64) -> io::Result<Vec<u8>> {
    // If the file grows meanwhile, the caller notices its new identity.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file has the suffix of this platform's libraries.
pub(crate) fn is_library(name: &OsStr) -> bool {
    suffix_of(name).is_some_and(|suffix| suffix == std::env::consts::DLL_EXTENSION)
}

/// Whether a file has the suffix of another platform's libraries.
pub(crate) fn is_foreign_library(name: &OsStr) -> bool {
    suffix_of(name).is_some_and(|suffix| {
        suffix != std::env::consts::DLL_EXTENSION && LIBRARIES.contains(&suffix)
    })
}

pub(crate) const LIBRARIES: [&str; 3] = ["so", "dylib", "dll"];

fn suffix_of(name: &OsStr) -> Option<&str> {
    Path::new(name).extension()?.to_str()
}

/// Converts nanoseconds to a duration; negative ones to zero.
pub(crate) fn duration(nanoseconds: i128) -> Duration {
    Duration::from_nanos(u64::try_from(nanoseconds.max(0)).unwrap_or(u64::MAX))
}

pub(crate) fn nanoseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i128 = 1_000_000_000;
    const NOW: i128 = 1_764_040_392 * SECOND + 7;

    fn of(modified: i128, changed: i128) -> Identity {
        Identity {
            device: 1,
            inode: 1,
            size: 1,
            modified,
            changed,
        }
    }

    #[test]
    fn a_state_is_told_from_the_next_once_the_clock_has_moved_on() {
        let is_settled = |changed| of(0, changed).is_settled(NOW);
        assert!(!is_settled(NOW));
        assert!(!is_settled(NOW - SECOND / 20));
        assert!(is_settled(NOW - SECOND / 5));
        // A clock of whole seconds moves on more seldom.
        assert!(!is_settled(NOW - 7 - SECOND));
        assert!(is_settled(NOW - 7 - 3 * SECOND));
        // The clock was set back by an hour: what happens now has another time.
        assert!(is_settled(NOW + 3_600 * SECOND));
    }

    #[test]
    fn a_file_stands_still_two_seconds_after_it_was_written() {
        let fresh_for = |modified| of(modified, 0).fresh_for(NOW);
        assert_eq!(fresh_for(NOW), Some(Duration::from_secs(2)));
        assert_eq!(fresh_for(NOW - SECOND), Some(Duration::from_secs(1)));
        assert_eq!(fresh_for(NOW - 2 * SECOND), None);
        // The clock of a server may be ahead, but not by a day.
        assert_eq!(fresh_for(NOW + SECOND), Some(Duration::from_secs(3)));
        assert_eq!(fresh_for(NOW + 86_400 * SECOND), None);
    }
}
