//! Directories, what lies in them, and the states of the caches.

use std::fs::{self, File, FileTimes};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use plugin_core::Interface;
use plugin_loader::{Event, Package, Refusal};
use tempfile::TempDir;

/// In which state a package finds its cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// There is none.
    Cold,
    /// It is as good as it can be.
    Warm,
    /// It is not as it was written.
    Corrupt,
    /// There is none, and there can be none. Root may write everywhere, but not below a file.
    Unwritable,
}

/// Runs the test with each state of the cache.
pub(crate) fn in_each_mode(test: impl Fn(&World)) {
    for mode in [Mode::Cold, Mode::Warm, Mode::Corrupt, Mode::Unwritable] {
        // What a failed test printed is shown.
        println!("mode: {mode:?}");
        test(&World::new(mode));
    }
}

/// A root of directories, and a place for caches.
pub(crate) struct World {
    pub(crate) mode: Mode,
    root: TempDir,
}

impl World {
    pub(crate) fn new(mode: Mode) -> Self {
        let root = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        fs::write(root.path().join("a-file"), "a file").unwrap();
        Self { mode, root }
    }

    /// A directory of this name, which exists.
    pub(crate) fn directory(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        path
    }

    /// A path of this name, where nothing is yet.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Where the caches are.
    pub(crate) fn cache(&self) -> PathBuf {
        match self.mode {
            Mode::Unwritable => self.path("a-file").join("cache"),
            _ => self.path("cache"),
        }
    }

    /// A package that has these directories, and a cache in the state of the mode.
    pub(crate) fn package(&self, directories: &[&Path]) -> Package {
        // SAFETY: this test makes the files below its directories.
        self.prepared(&|| unsafe { Package::of_directories("dummy.plugins", directories) })
    }

    /// As [`package`](Self::package), from roots.
    pub(crate) fn package_under(&self, roots: &[&Path]) -> Package {
        // SAFETY: this test makes the files below its directories.
        self.prepared(&|| unsafe { Package::new("dummy.plugins", roots) })
    }

    pub(crate) fn prepared(&self, package: &dyn Fn() -> Package) -> Package {
        let cache = self.cache();
        let package = || package().cache_in(&cache);
        match self.mode {
            Mode::Cold => {
                let _ = fs::remove_dir_all(&cache);
            }
            Mode::Warm => fill(&package()),
            Mode::Corrupt => {
                fill(&package());
                for file in files(&cache) {
                    damage(&file);
                }
            }
            Mode::Unwritable => {}
        }
        package()
    }
}

/// Looks until everything is remembered, and loads nothing.
pub(crate) fn fill(package: &Package) {
    settle();
    package.poll();
}

/// Until a change is so old that the next one has another time.
pub(crate) fn settle() {
    thread::sleep(Duration::from_millis(120));
}

/// The files in a directory, which need not exist.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Damages a cache, each time in another way.
fn damage(file: &Path) {
    static WAYS: AtomicUsize = AtomicUsize::new(0);

    let bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    let damaged = match WAYS.fetch_add(1, Ordering::Relaxed) % 5 {
        0 => bytes[..middle].to_owned(),
        1 => {
            let mut bytes = bytes;
            bytes[middle] ^= 1;
            bytes
        }
        2 => Vec::new(),
        3 => b"\x80\x03cos\nsystem\n(S'true'\ntR.".repeat(40),
        // As a later version of this crate might write it.
        _ => {
            let text = String::from_utf8(bytes).unwrap();
            text.replacen("plugin-loader 4 ", "plugin-loader 5 ", 1)
                .into()
        }
    };
    fs::write(file, damaged).unwrap();
}

/// Puts a file in a directory as an installer does: written under another name, and then renamed.
///
/// It was last written an hour ago, so that nobody takes it for unfinished.
pub(crate) fn drop_in(directory: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    drop_in_of(
        directory,
        name,
        bytes,
        SystemTime::now() - Duration::from_secs(3600),
    )
}

/// As [`drop_in`], last written at this time.
pub(crate) fn drop_in_of(
    directory: &Path,
    name: &str,
    bytes: &[u8],
    modified: SystemTime,
) -> PathBuf {
    let temporary = directory.join(format!("{name}.part"));
    let mut file = File::create(&temporary).unwrap();
    file.write_all(bytes).unwrap();
    file.set_times(FileTimes::new().set_modified(modified))
        .unwrap();
    drop(file);
    let path = directory.join(name);
    fs::rename(&temporary, &path).unwrap();
    path
}

/// The names of the plugins of an interface, in the package's order.
pub(crate) fn names<I: ?Sized + Interface>(package: &Package) -> Vec<&'static str> {
    let plugins = package.plugins::<I>();
    plugins.map(|plugin| plugin.info.name()).collect()
}

/// The files of the report, without their directories, with the reasons.
pub(crate) fn report(package: &Package) -> Vec<(String, Refusal)> {
    let report = package.report().into_iter();
    report
        .map(|unused| (file_name(&unused.path), unused.refusal))
        .collect()
}

/// As in `added a.so`.
pub(crate) fn told(events: &[Event]) -> Vec<String> {
    let told = |event: &Event| {
        let verb = match event {
            Event::Added { .. } => "added",
            Event::Removed { .. } => "removed",
            Event::Stale { .. } => "stale",
            Event::Refused { .. } => "refused",
            _ => "something else",
        };
        format!("{verb} {}", file_name(event.path()))
    };
    events.iter().map(told).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
