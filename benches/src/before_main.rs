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
use crate::run_time::{instructions, valgrind};
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
pub(crate) const QUANTITIES: [&str; 6] = [
    "instructions before main",
    "relocations",
    "bytes of relocations",
    "constructors",
    "page faults",
    "bytes on disk",
];

/// Whose programs are linked once more, with packed relocations.
pub(crate) const PACKED_SUBJECTS: [Subject; 2] = [Subject::Ours, Subject::Linkme];

/// The numbers of plugins of those.
pub(crate) const PACKED_PLUGINS: [usize; 2] = [0, 10_000];

/// What packed relocations change.
pub(crate) const PACKED_QUANTITIES: [&str; 3] =
    ["relocations", "bytes of relocations", "bytes on disk"];

pub(crate) fn measure() -> Result<Measured, String> {
    valgrind()?;
    let mut measured = Measured::default();
    for plugins in PLUGINS {
        for subject in SUBJECTS {
            eprintln!("before main: {plugins} plugins, {}", subject.name());
            let workspace = workspace(subject, plugins);
            let program = build(&workspace);
            let (plugins, subject) = (plugins.to_string(), subject.name());
            let instructions = instructions(&program, &[]);
            let all = [(QUANTITIES[0], instructions)].into_iter();
            for (quantity, value) in all.chain(quantities(&program)) {
                measured.set(&[quantity, &plugins, subject], value);
            }
        }
    }
    for plugins in PLUGINS {
        let texts = workspace(Subject::Ours, plugins).texts();
        let bytes = count(texts.iter().map(String::len).sum::<usize>());
        let (plugins, subject) = (plugins.to_string(), Subject::Ours.name());
        measured.set(&["bytes of texts", &plugins, subject], bytes);
    }
    for plugins in PACKED_PLUGINS {
        for subject in PACKED_SUBJECTS {
            eprintln!("packed relocations: {plugins} plugins, {}", subject.name());
            let program = build_packed(&workspace(subject, plugins));
            for (quantity, value) in quantities(&program) {
                if PACKED_QUANTITIES.contains(&quantity) {
                    let plugins = plugins.to_string();
                    measured.set(&["packed", quantity, &plugins, subject.name()], value);
                }
            }
        }
    }
    Ok(measured)
}

/// What can be seen without valgrind.
pub(crate) fn quantities(program: &Path) -> impl Iterator<Item = (&'static str, f64)> {
    let data = fs::read(program).unwrap();
    let relocations = relocations(&data);
    let values = [
        count(relocations.words),
        count(relocations.bytes),
        count(constructors(&data)),
        page_faults(program),
        count(data.len()),
    ];
    QUANTITIES.into_iter().skip(1).zip(values)
}

/// How many of the plugins have their texts in the program, as the source says them.
pub(crate) fn texts_in(program: &Path, workspace: &Workspace) -> usize {
    let data = fs::read(program).unwrap();
    let texts = workspace.texts().into_iter();
    let is_there = |text: &String| {
        let mut places = data.windows(text.len());
        places.any(|bytes| bytes == text.as_bytes())
    };
    texts.filter(is_there).count()
}

/// That many plugins, from two crates.
pub(crate) fn workspace(subject: Subject, plugins: usize) -> Workspace {
    Workspace::new(subject, plugins, 2)
}

/// A program whose `main` returns at once.
pub(crate) fn build(workspace: &Workspace) -> PathBuf {
    link(workspace, &[])
}

/// The same program, whose relocations are a map of where there are addresses.
fn build_packed(workspace: &Workspace) -> PathBuf {
    link(workspace, &["-C", "link-arg=-Wl,-z,pack-relative-relocs"])
}

fn link(workspace: &Workspace, arguments: &[&str]) -> PathBuf {
    let mut cargo = workspace.cargo();
    // Names of symbols are nothing that a program needs.
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    cargo.args(["rustc", "--release", "--package", "idle", "--"]);
    cargo::run(cargo.args(arguments));
    workspace.target.join("release/idle")
}

/// What the dynamic loader has to do before anything runs.
struct Relocations {
    /// The words that it writes.
    words: usize,
    /// The size of the list of those words.
    bytes: u64,
}

fn relocations(data: &[u8]) -> Relocations {
    let header = FileHeader64::<Endianness>::parse(data).unwrap();
    let endian = header.endian().unwrap();
    let mut relocations = Relocations { words: 0, bytes: 0 };
    for section in header.sections(endian, data).unwrap().iter() {
        let each = section.rela(endian, data).unwrap();
        let packed = section.relr(endian, data).unwrap();
        let words = match (each, packed) {
            (Some((each, _)), _) => each.len(),
            (_, Some(packed)) => packed.count(),
            _ => continue,
        };
        relocations.words += words;
        relocations.bytes += section.sh_size(endian);
    }
    relocations
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
