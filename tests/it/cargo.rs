//! Cargo, as a person at a terminal would run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// Without what the run of these tests has set: other flags would give another program.
pub(crate) fn command(target: &Path) -> Command {
    clean(Command::new(env!("CARGO")), target)
}

/// As above, with another program that is Cargo.
pub(crate) fn clean(mut cargo: Command, target: &Path) -> Command {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let is_setting = text.starts_with("CARGO_BUILD_") || text.starts_with("CARGO_PROFILE_");
        let is_wrapper = text == "RUSTC_WORKSPACE_WRAPPER";
        let is_runner = text.starts_with("NEXTEST");
        if is_setting || is_wrapper || is_runner || text.ends_with("RUSTFLAGS") {
            cargo.env_remove(name);
        }
    }
    // As a variable, it holds for the subcommands of others too.
    cargo.env("CARGO_NET_OFFLINE", "true");
    cargo.env("CARGO_TARGET_DIR", target);
    cargo
}

pub(crate) fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap().to_owned()
}

/// One directory for all, so that what they depend on is built once.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("target")
}

/// Cargo with one form of a debug build, whatever a workspace says of it: what several workspaces
/// depend on is built once.
pub(crate) fn once(target: &Path) -> Command {
    let mut cargo = command(target);
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
    cargo.env("CARGO_PROFILE_DEV_STRIP", "symbols");
    cargo
}

/// What was printed, of a run that succeeded.
#[track_caller]
pub(crate) fn stdout(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Packages that others build: a copy, where no directory above is part of this workspace.
pub(crate) struct Outside(PathBuf);

impl Outside {
    /// A copy of `tests/NAME`, which has a `Cargo.toml.in` for each `Cargo.toml`.
    pub(crate) fn new(name: &str) -> Self {
        Self::with(name, |_| ())
    }

    /// The same, with something added to the copy.
    pub(crate) fn with(name: &str, add: impl FnOnce(&Path)) -> Self {
        let outside = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        copy(&workspace().join("tests").join(name), &outside.0);
        add(&outside.0);
        // The versions that are here already: nothing is to be downloaded.
        let lock = read(&workspace().join("Cargo.lock"));
        write(&outside.0.join("Cargo.lock"), &lock);
        outside.stdout(&["update", "--workspace"]);
        outside
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// What Cargo printed.
    #[track_caller]
    pub(crate) fn stdout(&self, arguments: &[&str]) -> String {
        stdout(self.output(arguments))
    }

    /// What Cargo complained of, in a run that failed.
    #[track_caller]
    pub(crate) fn stderr(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut cargo = once(&target());
        cargo.current_dir(&self.0).args(arguments);
        cargo
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let name = entry.file_name().unwrap();
        if entry.is_dir() {
            copy(&entry, &to.join(name));
        } else if name == "Cargo.toml.in" {
            let core = workspace().join("plugin-core");
            // Backslashes are escapes in TOML.
            let core = core.display().to_string().replace('\\', "/");
            let manifest = read(&entry).replace("@plugin-core@", &core);
            write(&to.join("Cargo.toml"), &manifest);
        } else {
            write(&to.join(name), &read(&entry));
        }
    }
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Leaves the file alone where it is the same, so that Cargo finds nothing to build.
pub(crate) fn write(path: &Path, text: &str) {
    if !path.exists() || read(path) != text {
        fs::write(path, text).unwrap();
    }
}
