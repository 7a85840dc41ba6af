//! The libraries that the tests drop in: few are built, and many made of them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

/// Three plugins: `TestPlugin` of `ITestPlugin`, and two of `ITestPlugin2`.
pub(crate) fn testplugin() -> &'static [u8] {
    static LIBRARY: LazyLock<Vec<u8>> = LazyLock::new(|| build("testplugin", &[]));
    &LIBRARY
}

/// A plugin that the program has linked in, too.
pub(crate) fn twin() -> &'static [u8] {
    static LIBRARY: LazyLock<Vec<u8>> = LazyLock::new(|| build("twin", &["--cfg", "dropin"]));
    &LIBRARY
}

/// Plugins of an interface that this program has not.
pub(crate) fn glass() -> &'static [u8] {
    static LIBRARY: LazyLock<Vec<u8>> = LazyLock::new(|| build("glass", &[]));
    &LIBRARY
}

/// A library with one plugin of `ITestPlugin2`, whose name is `extra-` and these six digits.
pub(crate) fn extra(number: u32) -> Vec<u8> {
    static LIBRARY: LazyLock<Vec<u8>> = LazyLock::new(|| build("pluginextra", &[]));
    let digits = format!("{number:06}");
    let named = replaced(
        &LIBRARY,
        b"extra-000000",
        format!("extra-{digits}").as_bytes(),
    );
    replaced(
        &named,
        b"EXTRA_000000",
        format!("EXTRA_{digits}").as_bytes(),
    )
}

/// The bytes with each `old` replaced by a `new` that is as long.
pub(crate) fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = bytes.to_owned();
    let found: Vec<_> = places(&bytes, old);
    assert!(!found.is_empty(), "{} is not there", old.escape_ascii());
    for start in found {
        bytes[start..][..new.len()].copy_from_slice(new);
    }
    bytes
}

/// Where the bytes have these ones.
pub(crate) fn places(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(wanted.len()).enumerate();
    windows
        .filter(|(_, window)| *window == wanted)
        .map(|(start, _)| start)
        .collect()
}

/// Builds a drop-in as this test was built, without what only debuggers read.
pub(crate) fn build(package: &str, arguments: &[&str]) -> Vec<u8> {
    // All builds of a package have one place for what they build.
    static BUILDING: Mutex<()> = Mutex::new(());
    let _building = BUILDING.lock();
    let mut cargo = cargo("rustc", package);
    cargo.args([
        "--lib",
        "--crate-type",
        "cdylib",
        "--",
        "-C",
        "strip=symbols",
    ]);
    cargo.args(arguments);
    let directory = run(cargo);
    let (prefix, suffix) = (env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    fs::read(directory.join(format!("{prefix}{package}{suffix}"))).unwrap()
}

/// The command `dropin`. With the tests of the whole workspace, Cargo has built it.
pub(crate) fn command() -> PathBuf {
    if let Some(program) = option_env!("CARGO_BIN_EXE_dropin") {
        return program.into();
    }
    let mut cargo = cargo("build", "plugin-loader");
    cargo.args(["--features", "command", "--bin", "dropin"]);
    run(cargo).join(format!("dropin{}", env::consts::EXE_SUFFIX))
}

fn cargo(subcommand: &str, package: &str) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap());
    // Each test has variables of its own package, which Cargo would take for a build script's.
    for (variable, _) in env::vars_os() {
        if variable.to_string_lossy().starts_with("CARGO_PKG_") {
            cargo.env_remove(variable);
        }
    }
    cargo
        .args([subcommand, "--quiet", "--package", package, "--target-dir"])
        .arg(target());
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    cargo
}

/// The directory of the build that this test is part of.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// Where what was built is.
fn run(mut cargo: Command) -> PathBuf {
    let output = cargo.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    target().join(if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    })
}
