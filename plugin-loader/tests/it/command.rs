//! The command `dropin`, for a program: each subcommand, and each of its errors.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use object::{Object as _, ObjectSection as _};
use plugin_loader::{Fingerprint, Host};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cargo::{self, stdout};
use crate::fixtures::fixtures;

/// The command, with the target directory of the fixtures.
fn dropin() -> Command {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut cargo = cargo::command(target);
        cargo.current_dir(cargo::workspace());
        cargo.args(["build", "--quiet", "--package", "plugin-loader"]);
        cargo.args(["--features", "command", "--bin", "dropin"]);
        stdout(cargo.output().unwrap());
        target.join("debug/dropin")
    });
    let mut dropin = cargo::clean(Command::new(&*BUILT), &cargo::target());
    dropin.env_remove("CARGO").env_remove("RUSTC");
    dropin
}

#[track_caller]
fn run(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Output {
    let mut dropin = dropin();
    dropin.args(arguments.iter().map(AsRef::as_ref));
    dropin.output().unwrap()
}

/// What is printed with `--json`, with this status.
#[track_caller]
fn answer(status: i32, arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Value {
    let mut all: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"--json"];
    all.extend(arguments);
    let output = run(&all);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{errors}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["version"], 1);
    answer
}

/// Why the command fails: the code and the message, which stands on the standard error, too.
#[track_caller]
fn failure(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> [String; 2] {
    let answer = answer(2, arguments);
    let text = |key: &str| answer["error"][key].as_str().unwrap().to_owned();
    let message = text("message");
    let output = run(arguments);
    assert_eq!(output.stdout, b"");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!("dropin: {message}\n")
    );
    [text("code"), message]
}

/// The codes of a file's refusals.
fn codes(file: &Value) -> Vec<&str> {
    let checks = file["checks"].as_array().unwrap().iter();
    checks
        .filter_map(|check| check["refusal"]["code"].as_str())
        .collect()
}

fn loads() -> PathBuf {
    fixtures();
    cargo::target().join("debug/loads")
}

fn directory() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

/// A copy of a library, under another name.
fn named(directory: &Path, library: &str, name: &str) -> PathBuf {
    let path = directory.join(name);
    fs::copy(fixtures().library(library), &path).unwrap();
    path
}

/// A copy of the host `loads`, which says that it was built so.
fn forged(directory: &Path, fingerprint: &Fingerprint) -> PathBuf {
    let mut bytes = fs::read(loads()).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let (start, len) = file
        .section_by_name(".dropinh")
        .unwrap()
        .file_range()
        .unwrap();
    let range = usize::try_from(start).unwrap()..usize::try_from(start + len).unwrap();
    let section = &bytes[range.clone()];

    let mut payload = fingerprint.abi.to_le_bytes().to_vec();
    let Fingerprint {
        release,
        commit,
        target,
        panic,
        flags,
        ..
    } = fingerprint;
    for text in [&**release, commit, target, panic, flags, "0.1.0"] {
        payload.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        payload.extend(text.as_bytes());
    }
    payload.extend([0, 0, 0, 0, 1, 0, 0, 0]);
    let mut forged = record(3, &payload);
    // One interface makes room.
    let magic = &section[..8];
    let starts = (0..section.len()).filter(|&at| section[at..].starts_with(magic));
    for start in starts {
        let number = |at: usize| u32::from_le_bytes(section[start + at..][..4].try_into().unwrap());
        let payload = &section[start + 16..][..number(12) as usize];
        let is_grade = payload.windows(11).any(|window| window == b"imat::Grade");
        if number(8) == 4 && !is_grade {
            forged.extend(record(4, payload));
        }
    }
    assert!(forged.len() <= section.len());
    forged.resize(section.len(), 0);
    bytes[range].copy_from_slice(&forged);
    let path = directory.join("forged");
    fs::write(&path, bytes).unwrap();
    assert_eq!(Host::read(&path).unwrap().fingerprint(), fingerprint);
    path
}

fn record(kind: u32, payload: &[u8]) -> Vec<u8> {
    let mut record = b"\xf0dropin\x01".to_vec();
    record.extend(kind.to_le_bytes());
    record.extend(u32::try_from(payload.len()).unwrap().to_le_bytes());
    record.extend(payload);
    record
}

#[test]
fn check_says_of_each_file_whether_a_program_would_load_it() {
    let (host, fixtures) = (loads(), fixtures());
    let files = ["alloy", "retyped", "aborting", "linked"].map(|name| fixtures.library(name));
    let [alloy, retyped, aborting, linked] = &files;
    let checked = answer(
        1,
        &[&"check", &"--host", &host, alloy, retyped, aborting, linked],
    );
    assert_eq!(checked["host"]["path"], host.to_str().unwrap());
    assert_eq!(checked["host"]["plugin_core"], "0.1.0");
    assert_eq!(checked["host"]["fingerprint"]["panic"], "unwind");
    let files = checked["files"].as_array().unwrap();
    let usable: Vec<_> = files.iter().map(|file| &file["is_usable"]).collect();
    assert_eq!(usable, [true, false, false, false]);
    assert_eq!(files[0]["path"], alloy.to_str().unwrap());
    let refused: Vec<_> = files.iter().map(codes).collect();
    let expected: [&[&str]; 4] = [&[], &["interface-changed"], &["panic"], &["not-cdylib"]];
    assert_eq!(refused, expected);
    let checks = files[1]["checks"].as_array().unwrap();
    let refused = checks
        .iter()
        .find(|check| !check["refusal"].is_null())
        .unwrap();
    assert_eq!(refused["what"], "interface");
    assert_eq!(
        refused["refusal"]["values"],
        json!({
            "interface": "imat::IMaterial",
            "difference": "the library has `fn grow(&self, bytes: Vec<i8>) -> Vec<i8>`, and this program has \
                           `fn grow(&self, bytes: Vec<u8>) -> Vec<u8>`",
        })
    );

    let text = stdout(run(&[&"check", &"--host", &host, alloy]));
    assert!(
        text.contains("\nok      interface imat::IMaterial 0.1.0; wanted: "),
        "{text}"
    );
    let quiet = run(&[&"check", &"--quiet", &"--host", &host, retyped]);
    assert_eq!((quiet.status.code(), &*quiet.stdout), (Some(1), &b""[..]));
}

#[test]
fn install_puts_all_files_into_a_directory_or_none() {
    let (host, world) = (loads(), directory());
    let [from, to] = ["from", "to"].map(|name| world.path().join(name));
    fs::create_dir(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let good = named(&from, "alloy", "liballoy.so");
    let data = named(&from, "data", "libdata.so");
    let bad = named(&from, "aborting", "libbad.so");

    let refused = answer(
        1,
        &[&"install", &"--host", &host, &"--to", &to, &good, &bad],
    );
    assert_eq!(refused["installed"], json!([]));
    assert_eq!(refused["files"][1]["path"], bad.to_str().unwrap());
    assert_eq!(codes(&refused["files"][1]), ["panic"]);
    assert_eq!(names(&to), [""; 0]);

    let installed = stdout(run(&[
        &"install", &"--host", &host, &"--to", &to, &good, &data,
    ]));
    let path = to.join("liballoy.so");
    let line = format!("installed {} (alloy 0.3.0)\n", path.display());
    assert!(installed.starts_with(&line), "{installed}");
    assert_eq!(names(&to), ["liballoy.so", "libdata.so"]);
    assert_eq!(fs::read(&path).unwrap(), fs::read(&good).unwrap());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o644);
    assert_eq!(
        path.metadata().unwrap().modified().unwrap(),
        good.metadata().unwrap().modified().unwrap()
    );

    // Once more, in its own place, and through a link.
    let another = from.join("another");
    symlink(&to, &another).unwrap();
    let path = another.join("liballoy.so");
    stdout(run(&[&"install", &"--host", &host, &"--to", &to, &path]));
    assert_eq!(names(&to), ["liballoy.so", "libdata.so"]);
}

/// The library with another version of its package, which has as many letters.
fn of_version(directory: &Path, version: &str) -> PathBuf {
    let mut bytes = fs::read(fixtures().library("alloy")).unwrap();
    let old = b"alloy\x05\0\0\x000.3.0";
    let places: Vec<_> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(old))
        .collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..][9..14].copy_from_slice(version.as_bytes());
    }
    let path = directory.join(format!("liballoy-{version}.so"));
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn install_replaces_older_versions_and_no_newer_one() {
    let (host, world) = (loads(), directory());
    let [from, to] = ["from", "to"].map(|name| world.path().join(name));
    fs::create_dir(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let [old, new] = ["0.3.1", "0.4.0"].map(|version| of_version(&from, version));
    stdout(run(&[&"install", &"--host", &host, &"--to", &to, &old]));
    let data = named(&to, "data", "libdata.so");
    let installed = answer(0, &[&"install", &"--host", &host, &"--to", &to, &new]);
    let removed = to.join("liballoy-0.3.1.so");
    assert_eq!(installed["removed"], json!([removed]));
    assert_eq!(installed["installed"][0]["package_version"], "0.4.0");
    assert_eq!(names(&to), ["liballoy-0.4.0.so", "libdata.so"]);
    let [code, message] = failure(&[&"install", &"--host", &host, &"--to", &to, &old]);
    assert_eq!(code, "superseded");
    assert_eq!(
        message,
        format!(
            "`{}` has version 0.3.1, but `{}` has the newer version 0.4.0 and would be used instead\n\
             help: remove that file first",
            old.display(),
            to.join("liballoy-0.4.0.so").display()
        )
    );
    assert_eq!(names(&to), ["liballoy-0.4.0.so", "libdata.so"]);

    // Of the same version under another name, it is the new one that stays.
    let same = from.join("glass.so");
    fs::copy(&new, &same).unwrap();
    stdout(run(&[&"install", &"--host", &host, &"--to", &to, &same]));
    assert_eq!(names(&to), ["glass.so", "libdata.so"]);
    drop(data);
}

/// A change that fails in the middle leaves what was there before.
#[test]
fn install_takes_back_what_it_has_done() {
    let (host, world) = (loads(), directory());
    let [from, to] = ["from", "to"].map(|name| world.path().join(name));
    fs::create_dir(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let good = named(&from, "alloy", "liballoy.so");
    let data = named(&from, "data", "libdata.so");
    fs::write(to.join("liballoy.so"), "what was there").unwrap();
    // No file can take the place of a directory.
    fs::create_dir_all(to.join("libdata.so/inside")).unwrap();
    let [code, _] = failure(&[&"install", &"--host", &host, &"--to", &to, &good, &data]);
    assert_eq!(code, "io");
    assert_eq!(names(&to), ["liballoy.so", "libdata.so"]);
    assert_eq!(fs::read(to.join("liballoy.so")).unwrap(), b"what was there");
}

#[test]
fn a_full_disk_gets_nothing() {
    let (host, world) = (loads(), directory());
    let to = world.path().join("small");
    fs::create_dir(&to).unwrap();
    let mut mount = Command::new("mount");
    mount
        .args(["-t", "tmpfs", "-o", "size=64k,mode=755", "none"])
        .arg(&to);
    if !mount.output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: there can be no small disk here");
        return;
    }
    let library = named(world.path(), "alloy", "liballoy.so");
    let failed = run(&[
        &"--json", &"install", &"--host", &host, &"--to", &to, &library,
    ]);
    let left = names(&to);
    let unmounted = Command::new("umount").arg(&to).status().unwrap();
    assert!(unmounted.success());
    assert_eq!(failed.status.code(), Some(2));
    let answer: Value = serde_json::from_slice(&failed.stdout).unwrap();
    assert_eq!(answer["error"]["code"], "io");
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_file_that_is_too_long_for_the_process_is_not_begun() {
    let (host, world) = (loads(), directory());
    let to = world.path().join("to");
    fs::create_dir(&to).unwrap();
    let library = named(world.path(), "alloy", "liballoy.so");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "ulimit -f 8; exec \"$@\"", "sh"])
        .arg(dropin().get_program());
    shell
        .args(["install", "--host"])
        .arg(&host)
        .arg("--to")
        .args([&to, &library]);
    let output = shell.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("this process cannot write files of more than "),
        "{errors}"
    );
    assert_eq!(names(&to), [""; 0]);
}

#[test]
fn each_error_has_a_code() {
    let (host, world) = (loads(), directory());
    let [to, open, empty] = ["to", "open", "empty"].map(|name| world.path().join(name));
    for directory in [&to, &open, &empty] {
        fs::create_dir(directory).unwrap();
    }
    fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
    let good = named(&empty, "alloy", "liballoy.so");
    let [versioned, missing] = ["liballoy.so.1", "missing.so"].map(|name| empty.join(name));
    fs::copy(&good, &versioned).unwrap();
    let script = world.path().join("script");
    fs::write(&script, "#!/bin/sh\n").unwrap();
    let plain = fixtures().library("alloy");
    let new = |krate: &'static str| fixtures().path().join(krate);
    let [imat, metals] = ["imat", "metals"].map(new);
    let fresh = world.path().join("fresh");

    let table: [(&str, &[&dyn AsRef<std::ffi::OsStr>]); 19] = [
        ("io", &[&"list", &missing]),
        ("io", &[&"list", &good]),
        ("io", &[&"refresh", &missing]),
        ("unreadable", &[&"check", &"--host", &missing, &good]),
        ("not-a-program", &[&"check", &"--host", &script, &good]),
        ("not-a-program", &[&"check", &"--host", &to, &good]),
        ("not-a-host", &[&"check", &"--host", &plain, &good]),
        (
            "not-a-host",
            &[&"install", &"--host", &plain, &"--to", &to, &good],
        ),
        ("not-a-host", &[&"build", &"--host", &plain]),
        ("io", &[&"install", &"--to", &missing, &good]),
        ("world-writable", &[&"install", &"--to", &open, &good]),
        ("name", &[&"install", &"--to", &to, &versioned]),
        ("same-name", &[&"install", &"--to", &to, &good, &good]),
        (
            "io",
            &[&"install", &"--host", &host, &"--to", &to, &missing],
        ),
        ("name", &[&"new", &"7up", &"--interface", &imat]),
        ("exists", &[&"new", &to, &"--interface", &imat]),
        ("no-interface", &[&"new", &fresh, &"--interface", &metals]),
        (
            "no-interface",
            &[&"new", &fresh, &"--interface", &imat, &metals],
        ),
        (
            "cargo",
            &[&"new", &fresh, &"--interface", &"no crate of this name"],
        ),
    ];
    for (expected, arguments) in table {
        let answer = answer(2, arguments);
        assert_eq!(answer["error"]["code"], expected, "{answer:#}");
    }
    assert_eq!(names(&to), [""; 0]);
    assert!(!fresh.exists());
    // What Clap refuses is no answer.
    for arguments in [
        &["check"][..],
        &["install", "x.so"],
        &["new", "x"],
        &["--json", "-q", "list", "."],
    ] {
        let output = dropin().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn build_says_what_this_machine_has_not_got() {
    let world = directory();
    let this = Fingerprint::host();
    let failed = |fingerprint: Fingerprint| {
        let host = forged(world.path(), &fingerprint);
        let [code, message] = failure(&[&"build", &"--host", &host]);
        let start = format!("`{}` was built by ", host.display());
        let message = message.strip_prefix(&start).unwrap_or(&message).to_owned();
        (code, message)
    };
    let zeros = "0".repeat(40);
    let (code, message) = failed(Fingerprint {
        release: "1.12.0".to_owned(),
        commit: zeros.clone(),
        ..this.clone()
    });
    assert_eq!(code, "compiler-missing");
    let start = "rustc 1.12.0 (000000000), and this machine has rustc ";
    assert!(message.starts_with(start), "{message}");
    assert!(message.contains(&this.commit[..9]), "{message}");
    assert!(
        message.ends_with("\nhelp: run `rustup toolchain install 1.12.0`"),
        "{message}"
    );

    // There is one of that version, and it is another one.
    let (_, message) = failed(Fingerprint {
        commit: zeros.clone(),
        ..this.clone()
    });
    let help =
        format!("\nhelp: install the compiler whose `rustc -vV` prints `commit-hash: {zeros}`");
    assert!(message.ends_with(&help), "{message}");

    let (_, message) = failed(Fingerprint {
        commit: String::new(),
        ..this.clone()
    });
    assert!(
        message.starts_with("an unknown compiler, and this machine has "),
        "{message}"
    );
    assert!(message.ends_with("help: build the program with a compiler that answers `rustc -vV`"));

    let (code, message) = failed(Fingerprint {
        target: "sparcv9-sun-solaris".to_owned(),
        ..this.clone()
    });
    assert_eq!(code, "target-missing");
    assert_eq!(
        message,
        "the program is for sparcv9-sun-solaris, and this machine has no standard library for that target\n\
         help: run `rustup target add sparcv9-sun-solaris`"
    );
}

mod long {
    use super::*;

    #[test]
    #[ignore = "long: compiles all again, with other flags"]
    fn build_has_the_compiler_and_the_flags_of_the_program() {
        let target = cargo::target().join("for-a-host");
        let mut cargo = cargo::command(&target);
        cargo.env("RUSTFLAGS", "--cfg tall -C target-feature=+avx");
        fixtures().build_with(cargo, &["--package", "embedded", "--profile", "aborting"]);
        let mut dropin = dropin();
        dropin.current_dir(fixtures().path());
        // Not all of it is the program's to say.
        dropin.env("RUSTFLAGS", "-C target-cpu=native -C debuginfo=0");
        dropin.env("CARGO_TARGET_DIR", &target);
        let host = target.join("aborting/libembedded.so");
        dropin.args(["--json", "build", "--host"]).arg(&host);
        dropin.args(["--package", "alloy"]);
        let answer: Value = serde_json::from_str(&stdout(dropin.output().unwrap())).unwrap();
        let fingerprint = &answer["files"][0]["manifest"]["fingerprint"];
        assert_eq!(fingerprint, &answer["host"]["fingerprint"]);
        assert_eq!(fingerprint["panic"], "abort");
        assert_eq!(fingerprint["flags"], "--cfg tall -C target-feature=+avx");
        let path = target.join("debug/liballoy.so");
        assert_eq!(answer["files"][0]["path"], path.to_str().unwrap());
    }
}

#[test]
fn build_says_what_is_no_drop_in_or_is_not_built() {
    let host = loads();
    let failed = |arguments: &[&str]| {
        let mut dropin = dropin();
        dropin.current_dir(fixtures().path());
        dropin
            .args(["--json", "build", "--host"])
            .arg(&host)
            .args(arguments);
        let output = dropin.output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), answer)
    };
    let (status, answer) = failed(&["--package", "plain"]);
    assert_eq!(status, Some(2));
    assert_eq!(answer["error"]["code"], "no-drop-in");
    let (status, answer) = failed(&["--package", "none"]);
    assert_eq!(status, Some(2));
    assert_eq!(answer["error"]["code"], "cargo");
    let (status, answer) = failed(&["--package", "next"]);
    assert_eq!(status, Some(1));
    assert_eq!(codes(&answer["files"][0]), ["interface-version"]);
}

#[test]
fn new_writes_a_package_that_builds_for_the_program() {
    let (host, world) = (loads(), directory());
    let path = world.path().join("my-alloy");
    let imat = fixtures().path().join("imat");
    let created = answer(0, &[&"new", &path, &"--interface", &imat]);
    assert_eq!(created["package"], "my-alloy");
    assert_eq!(created["interfaces"], json!(["imat::IMaterial"]));
    assert_eq!(
        names(&path),
        [".gitignore", "Cargo.lock", "Cargo.toml", "README.md", "src"]
    );
    assert_eq!(names(world.path()), ["my-alloy"]);
    let mut dropin = dropin();
    dropin
        .current_dir(&path)
        .args(["--json", "build", "--host"])
        .arg(&host);
    let built = dropin.output().unwrap();
    let errors = String::from_utf8_lossy(&built.stderr).into_owned();
    let answer: Value = serde_json::from_str(&stdout(built)).unwrap();
    assert_eq!(
        answer["files"][0]["manifest"]["plugins"][0]["name"],
        "my-alloy"
    );
    assert!(!errors.contains("warning"), "{errors}");
}
