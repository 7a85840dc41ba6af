//! The materials that are dropped into a directory while the program runs.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use imatsim::IMaterial;
use plugin_core::Plugin;
use plugin_loader::{Event, Package};

/// The program's own materials, and those in the directories.
pub(crate) fn package(directories: &[PathBuf]) -> Package {
    // SAFETY: whoever runs this program has named the directories as those of its plugins, and the
    // help says what that means.
    let package = unsafe { Package::of_directories("matsim.plugins", directories) };
    wait_for_copies(&package);
    package
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

/// What the directories know of a name: the libraries that offer it, and what is not used.
pub(crate) struct Why {
    pub(crate) is_here: bool,
    lines: Vec<String>,
}

/// Asks the directories for a plugin; nothing is loaded for it.
pub(crate) fn why(package: &Package, name: &str) -> Why {
    let mut lines = Vec::new();
    for (path, manifest) in package.libraries() {
        let mut offers = manifest.plugins.iter();
        if let Some(offer) = offers.find(|offer| offer.name == name || offer.id == name) {
            let (package, version) = (&offer.package, &offer.version);
            lines.push(format!(
                "`{}` offers {name} ({package} {version})",
                path.display()
            ));
        }
    }
    let is_here = !lines.is_empty();
    let unused = package.report().into_iter();
    lines.extend(unused.map(|unused| format!("not used: {unused}")));
    Why { is_here, lines }
}

impl Display for Why {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines
            .iter()
            .try_for_each(|line| writeln!(formatter, "{line}"))
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
