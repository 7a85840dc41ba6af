//! Cargo, as a person at a terminal would run it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Without what the run of these tests has set: other flags would give another program.
pub(crate) fn command(target: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let is_setting = text.starts_with("CARGO_BUILD_") || text.starts_with("CARGO_PROFILE_");
        let is_wrapper = text == "RUSTC_WORKSPACE_WRAPPER";
        if is_setting || is_wrapper || text.ends_with("RUSTFLAGS") {
            cargo.env_remove(name);
        }
    }
    cargo.arg("--offline").env("CARGO_TARGET_DIR", target);
    cargo
}

pub(crate) fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap().to_owned()
}

/// What was printed, of a run that succeeded.
#[track_caller]
pub(crate) fn stdout(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", output.status);
    String::from_utf8(output.stdout).unwrap()
}
