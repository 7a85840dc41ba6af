//! What plugins cost a program that never asks for them: before `main`, and on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::elf::FileHeader64;
use object::read::elf::{FileHeader as _, SectionHeader as _};
use object::{Endianness, Object as _, ObjectSection as _};

use crate::cargo;
use crate::generate::{Subject, Workspace};
use crate::measured::{Measured, count, median};
use crate::run_time::valgrind;
use crate::usage::Usage;

pub(crate) const SUBJECTS: [Subject; 4] = [
    Subject::Ours,
    Subject::Linkme,
    Subject::Inventory,
    Subject::Scattered,
];

/// Each plugin is in two interfaces, and so these are half as many.
pub(crate) const PLUGINS: [usize; 3] = [0, 1_000, 10_000];

/// What is measured of each program.
pub(crate) const QUANTITIES: [&str; 5] = [
    "instructions before main",
    "relocations",
    "constructors",
    "page faults",
    "bytes on disk",
];

pub(crate) fn measure() -> Result<Measured, String> {
    valgrind()?;
    let mut measured = Measured::default();
    for plugins in PLUGINS {
        for subject in SUBJECTS {
            eprintln!("before main: {plugins} plugins, {}", subject.name());
            let program = build(subject, plugins, None);
            let instructions = instructions(&program);
            let all = [(QUANTITIES[0], instructions)].into_iter();
            for (quantity, value) in all.chain(quantities(&program)) {
                let plugins = plugins.to_string();
                measured.set(&[quantity, &plugins, subject.name()], value);
            }
        }
    }
    Ok(measured)
}

/// What can be seen without valgrind.
pub(crate) fn quantities(program: &Path) -> impl Iterator<Item = (&'static str, f64)> {
    let data = fs::read(program).unwrap();
    let values = [
        count(relocations(&data)),
        count(constructors(&data)),
        page_faults(program),
        count(data.len()),
    ];
    QUANTITIES.into_iter().skip(1).zip(values)
}

/// A program with that many plugins, whose `main` returns at once.
pub(crate) fn build(subject: Subject, plugins: usize, target: Option<&Path>) -> PathBuf {
    let workspace = Workspace::new(subject, plugins, 2).in_target(target);
    let mut cargo = workspace.cargo();
    // Names of symbols are nothing that a program needs.
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    cargo::run(cargo.args(["build", "--release", "--package", "idle"]));
    workspace.target.join("release/idle")
}

/// From the first one of the dynamic loader to the last one of the process.
fn instructions(program: &Path) -> f64 {
    let profile = cargo::scratch().join("callgrind-idle");
    let output = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = fs::read_to_string(&profile).unwrap();
    fs::remove_file(profile).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total.unwrap().parse().unwrap()
}

/// The words that the dynamic loader writes before anything runs.
fn relocations(data: &[u8]) -> usize {
    let header = FileHeader64::<Endianness>::parse(data).unwrap();
    let endian = header.endian().unwrap();
    let sections = header.sections(endian, data).unwrap();
    sections
        .iter()
        .filter_map(|section| section.rela(endian, data).unwrap())
        .map(|(relocations, _)| relocations.len())
        .sum()
}

/// The functions that run before `main`.
fn constructors(data: &[u8]) -> u64 {
    let file = object::File::parse(data).unwrap();
    [".init_array", ".preinit_array", ".ctors"]
        .iter()
        .filter_map(|name| file.section_by_name(name))
        .map(|section| section.size() / size_of::<usize>() as u64)
        .sum()
}

/// Pages that are touched, those of the dynamic loader and of the standard library among them.
fn page_faults(program: &Path) -> f64 {
    let faults = || {
        let usage = Usage::of(|| {
            assert!(Command::new(program).status().unwrap().success());
        });
        count(usage.minor_faults)
    };
    median((0..11).map(|_| faults()).collect())
}
