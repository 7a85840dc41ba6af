//! Cargo, as a person at a terminal would run it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The directory of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap().to_owned()
}

/// Where what is measured is written and built.
pub(crate) fn scratch() -> PathBuf {
    workspace().join("target/benches")
}

/// Without what the run of this program has set: other flags would give other programs.
pub(crate) fn command(directory: &Path, target: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let is_setting = text.starts_with("CARGO_BUILD_") || text.starts_with("CARGO_PROFILE_");
        if is_setting || text.starts_with("RUSTC_") || text.ends_with("RUSTFLAGS") {
            cargo.env_remove(name);
        }
    }
    cargo.env("CARGO_TARGET_DIR", target);
    cargo.current_dir(directory);
    cargo.arg("--quiet");
    cargo
}

/// Waits for a run that has to succeed.
pub(crate) fn run(command: &mut Command) {
    let output = command.output().expect("Cargo can be run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
}

/// Leaves the file alone where it is the same, so that Cargo finds nothing to build.
pub(crate) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
