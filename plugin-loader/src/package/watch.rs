//! Waits for changes with the system's file notifications.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Changes, Package};
use crate::look::difference::Event;

/// A watcher of a package's directories; [`Package::watch`] returns it.
#[derive(Debug)]
pub struct Watch<'a> {
    changes: Changes<'a>,
    watcher: RecommendedWatcher,
    woken: Receiver<()>,
    watched: Vec<PathBuf>,
}

/// The longest time between two searches: some file systems send no notifications, and none sends one for the target of a
/// link.
const LONGEST: Duration = Duration::from_secs(10);

impl Package {
    /// Starts watching the directories, to wait for changes without polling.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # fn show(package: &plugin_loader::Package) -> std::io::Result<()> {
    /// let mut watch = package.watch()?;
    /// loop {
    ///     for event in watch.wait(Duration::from_secs(60)) {
    ///         println!("{event}");
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// The directories need not exist.
    ///
    /// A watch uses a thread, and resources that the system limits: on Linux, one inotify instance, and an inotify watch for
    /// each directory.
    ///
    /// # Errors
    ///
    /// If the system's limit is reached.
    pub fn watch(&self) -> io::Result<Watch<'_>> {
        let (wake, woken) = sync_channel(1);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_read(event.kind)) {
                return;
            }
            // If the channel is full, the waiting thread is about to wake up.
            let _ = wake.try_send(());
        });
        let mut watch = Watch {
            changes: self.changes(),
            watcher: watcher.map_err(io::Error::other)?,
            woken,
            watched: Vec::new(),
        };
        watch.watch_again()?;
        Ok(watch)
    }
}

/// Whether a file was only read, as this crate does.
fn is_read(event: EventKind) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.is_access() && event != written
}

impl Watch<'_> {
    /// Returns the changes since the last call, or waits for a change, at most this long.
    ///
    /// The result is empty if the time has passed without a change. A file that is being written is reported two seconds after
    /// the last write.
    pub fn wait(&mut self, longest: Duration) -> Vec<Event> {
        let end = Instant::now() + longest;
        loop {
            let events = self.changes.poll();
            let now = Instant::now();
            if !events.is_empty() || now >= end {
                return events;
            }
            let next = self.changes.package.next_poll();
            let time = next.map_or(end, |next| next.min(end)).min(now + LONGEST);
            let time = time.saturating_duration_since(now);
            match self.woken.recv_timeout(time) {
                // A directory may have been created or replaced. If it cannot be watched, it is searched after `LONGEST`.
                Ok(()) => drop(self.watch_again()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => thread::sleep(time),
            }
        }
    }

    /// Watches the directories that exist now.
    fn watch_again(&mut self) -> io::Result<()> {
        for path in self.watched.drain(..) {
            // If it no longer exists, it is not watched.
            let _ = self.watcher.unwatch(&path);
        }
        let directories = self.changes.package.directories();
        let mut paths: Vec<_> = directories
            .iter()
            .filter_map(|path| nearest(path))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            let watched = self.watcher.watch(path, RecursiveMode::NonRecursive);
            watched.map_err(io::Error::other)?;
            self.watched.push(path.to_owned());
        }
        Ok(())
    }
}

/// The directory, or its nearest ancestor that exists.
fn nearest(directory: &Path) -> Option<&Path> {
    directory.ancestors().find(|path| path.is_dir())
}
