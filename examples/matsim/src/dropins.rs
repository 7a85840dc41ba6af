//! The materials that are dropped into a directory while the program runs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use imatsim::IMaterial;
use plugin_core::Plugin;
use plugin_loader::{Event, Package, signed};

/// From now on, the materials in the directories are known by their names, as the program's own are; if there is a file of
/// keys, those that one of the keys has signed.
pub(crate) fn install(
    directories: &[PathBuf],
    keys: Option<&Path>,
) -> Result<&'static Package, String> {
    // SAFETY: the user of this program has named the directories as those of its plugins, and the
    // help says what that means.
    let mut package = unsafe { Package::of_directories("matsim.plugins", directories) };
    if let Some(path) = keys {
        let name = path.display();
        let keys = fs::read_to_string(path)
            .map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let hook = signed(&keys).map_err(|error| format!("`{name}`: {error}"))?;
        package = package.allow(hook);
    }
    let package = package.install();
    wait_for_copies(package);
    Ok(package)
}

/// Waits until a library that was copied a moment ago stands still, as whoever starts a program after that expects.
fn wait_for_copies(package: &Package) {
    const LONGEST: Duration = Duration::from_secs(3);

    let end = Instant::now() + LONGEST;
    package.poll();
    while let Some(time) = package.next_poll().filter(|time| *time < end) {
        thread::sleep(time.saturating_duration_since(Instant::now()));
        package.poll();
    }
}

/// Says which files are not used, and why.
pub(crate) fn report(package: &Package) {
    for unused in package.report() {
        eprintln!("matsim: not used: {unused}");
    }
}

/// Says what happens in the directories, and displays each material that appears, until nobody
/// reads any more.
pub(crate) fn watch(
    package: &Package,
    mut display: impl FnMut(&mut dyn Write, &'static Plugin<dyn IMaterial>) -> io::Result<()>,
) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(250);

    loop {
        for event in package.poll() {
            let mut out = io::stdout().lock();
            writeln!(out, "{event}")?;
            if let Event::Added { path, manifest, .. } = &event {
                for material in package.plugins::<dyn IMaterial>() {
                    if manifest
                        .plugins
                        .iter()
                        .any(|offer| offer.id == material.info.id())
                    {
                        display(&mut out, material)?;
                    }
                }
                for unused in package.report() {
                    if unused.path == *path {
                        writeln!(out, "not used: {unused}")?;
                    }
                }
            }
            out.flush()?;
        }
        thread::sleep(PAUSE);
    }
}
