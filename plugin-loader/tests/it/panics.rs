//! Panics of drop-ins, and of hosts that drop-ins call: what the host sees of each, and that it lives.

use std::env;
use std::fmt::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::cargo::{self, Outside};

struct Built {
    host: PathBuf,
    libraries: PathBuf,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let outside = Outside::new("panics");
        outside.stdout(&["build", "--workspace"]);
        let libraries = outside.path().join("libraries");
        std::fs::create_dir_all(&libraries).unwrap();
        for name in ["faulty", "other"] {
            let file = format!("lib{name}.so");
            std::fs::copy(
                cargo::target().join("debug").join(&file),
                libraries.join(&file),
            )
            .unwrap();
        }
        let host = libraries.with_file_name("panics-host");
        std::fs::copy(cargo::target().join("debug/host"), &host).unwrap();
        std::thread::sleep(std::time::Duration::from_secs(3));
        Built { host, libraries }
    })
}

fn run(arguments: &[&str]) -> Output {
    let built = built();
    let mut command = Command::new(&built.host);
    command
        .arg(&built.libraries)
        .args(arguments)
        .output()
        .unwrap()
}

/// One way to panic: what the host has caught or got, and what its hook was told, with the thread.
struct Row {
    name: String,
    seen: String,
    told: Vec<String>,
}

fn rows() -> Vec<Row> {
    let printed = cargo::stdout(run(&[]));
    let directory = built().libraries.display().to_string();
    let printed = printed
        .replace(&directory, "…")
        .replace("\n  left", ", left");
    let printed = printed.replace("\n right", ", right");
    let row = |line: &str| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [name, seen, told] = parts[..] else {
            panic!("{line}");
        };
        let told = told.split("; ").filter(|told| !told.is_empty());
        Row {
            name: name.to_owned(),
            seen: seen.to_owned(),
            told: told.map(str::to_owned).collect(),
        }
    };
    printed.lines().map(row).collect()
}

/// Without what differs between compilers.
fn without_lines(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.split_once(".rs:") {
        Some((file, _)) => {
            let file = file.rsplit_once("/library/").map_or(file, |(_, file)| file);
            format!("{file}.rs:")
        }
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

const TABLE: &str = "src/panics.md";

/// `BLESS=1` writes the table.
#[test]
fn the_host_sees_each_panic_as_its_own() {
    let mut table = "| what panics | what the host sees |\n|---|---|\n".to_owned();
    for Row { name, seen, .. } in rows() {
        let seen = without_lines(&seen);
        let seen = seen.replace(" (faulty 1.0.0, …/libfaulty.so) panicked", " …");
        let (did, what) = seen.split_once(' ').unwrap();
        writeln!(table, "| {name} | {did} `` {what} `` |").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if env::var_os("BLESS").is_some() {
        cargo::write(&path, &table);
    }
    assert_eq!(table, cargo::read(&path));
}

#[test]
fn the_hook_of_the_host_is_told_once() {
    for Row { name, seen, told } in rows() {
        let Some(caught) = seen.strip_prefix("caught ") else {
            continue;
        };
        // Some begin with another panic, that of a thread or of who holds a lock.
        let own = told.iter().filter(|told| told.ends_with(caught));
        match name.as_str() {
            "`panic_any`" | "a thread of the plugin's, resumed" => {
                assert_eq!(told.len(), 1, "{name}: {told:?}");
            }
            _ => assert_eq!(own.count(), 1, "{name}: {told:?}"),
        }
        assert!(told.len() <= 2, "{name}: {told:?}");
    }
}

#[test]
fn a_message_names_the_plugin_its_crate_its_library_and_the_place() {
    let rows = rows();
    let told = rows.iter().flat_map(|row| &row.told);
    let of_plugins: Vec<_> = told.filter(|told| !told.contains("the host's ")).collect();
    assert!(of_plugins.len() > 40, "{of_plugins:?}");
    for told in of_plugins {
        assert!(told.contains(" 1.0.0, …/lib"), "{told}");
        assert!(told.contains(".rs:"), "{told}");
        // The library's own threads call no plugin.
        assert_eq!(
            told.contains("plugin `"),
            !told.contains("[no name]"),
            "{told}"
        );
    }
}

/// What no library can keep from the process: each of it is told.
#[test]
fn what_ends_the_process_ends_it() {
    let end = |how: &str| {
        let output = run(&[how]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.signal(), output.status.code(), errors)
    };
    for (how, said) in [
        ("abort", ""),
        ("twice", "`faulty` (faulty 1.0.0, "),
        ("stack", "has overflowed its stack"),
        ("memory", "memory allocation of 8 bytes failed"),
        ("function", "a drop-in (faulty 1.0.0, "),
    ] {
        let (signal, _, errors) = end(how);
        assert_eq!(signal, Some(6), "{how}: {errors}");
        assert!(errors.contains(said), "{how}: {errors}");
    }
    assert_eq!(end("exit").1, Some(3));
}
