//! What data as plugins take: the walk of a million of them, and the bytes of each in a program.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSection as _};

use crate::cargo;
use crate::generate::{Subject, package, texts};
use crate::measured::{Measured, count};
use crate::scale::first_use;

/// Who walks a million data.
pub(crate) const WALKERS: [&str; 3] = ["plugin-core", "by hand", "linkme"];

/// The walks of a process, in the order in which it prints them.
pub(crate) const WALKS: [&str; 2] = ["first walk", "later walk"];

/// Whose programs are looked at.
pub(crate) const SUBJECTS: [Subject; 2] = [Subject::Ours, Subject::Linkme];

/// The elements of the two programs that are compared.
const ELEMENTS: [usize; 2] = [0, 10_000];

/// What is measured of each program.
pub(crate) const QUANTITIES: [&str; 6] = [
    "records, or elements",
    "data, and infos without their texts",
    "texts of the infos",
    "relocations",
    "bytes on disk",
    "bytes on disk, with packed relocations",
];

/// The time that each walk takes, of the data that the host of the large slots has.
pub(crate) fn measure_walks(host: &Path, measured: &mut Measured) {
    for subject in WALKERS {
        let times: [f64; WALKS.len()] = first_use(host, &["data", "1000000", subject]);
        for (walk, time) in WALKS.into_iter().zip(times) {
            measured.set(&["data", walk, subject], time);
        }
    }
}

/// The bytes of each element: what ten thousand of them add to a program that never asks for them.
pub(crate) fn measure_bytes(measured: &mut Measured) {
    let [none, many] = ELEMENTS;
    for subject in SUBJECTS {
        eprintln!("data: {many} elements, {}", subject.name());
        let [without, with] = [none, many].map(|elements| bytes(subject, elements));
        for (index, quantity) in QUANTITIES.into_iter().enumerate() {
            let each = (with[index] - without[index]) / count(many);
            measured.set(&["data", quantity, subject.name()], each);
        }
    }
}

fn bytes(subject: Subject, elements: usize) -> [f64; QUANTITIES.len()] {
    let directory = write_workspace(subject, elements);
    let packed = ["-C", "link-arg=-Wl,-z,pack-relative-relocs"];
    let packed = count(fs::read(link(&directory, &packed)).unwrap().len());
    let program = fs::read(link(&directory, &[])).unwrap();
    let file = object::File::parse(&*program).unwrap();
    let section = |name: &str| {
        let section = file.section_by_name(name);
        count(section.map_or(0, |section| section.size()))
    };
    let records = match subject {
        Subject::Ours => "plugins_DATA",
        _ => "linkme_DATA",
    };
    let source = fs::read_to_string(directory.join("elements/src/lib.rs")).unwrap();
    let texts = texts("elements", &source);
    let texts = count(texts.iter().map(String::len).sum::<usize>());
    [
        section(records),
        section(".data.rel.ro") - texts,
        texts,
        section(".rela.dyn"),
        count(program.len()),
        packed,
    ]
}

/// A crate that has the elements, and a program that links it and does nothing.
fn write_workspace(subject: Subject, elements: usize) -> PathBuf {
    let name = format!("scale/data-{}-{elements}", subject.name());
    let directory = cargo::scratch().join(name);
    let write = |path: &str, text: &str| cargo::write(&directory.join(path), text);
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"elements\", \"idle\"]\n";
    write("Cargo.toml", manifest);
    let lock = cargo::workspace().join("Cargo.lock");
    write("Cargo.lock", &fs::read_to_string(lock).unwrap());
    let dependency = subject.dependency();
    write("elements/Cargo.toml", &package("elements", &dependency));
    write("elements/src/lib.rs", &source(subject, elements));
    let dependency = "elements = { path = \"../elements\" }\n";
    write("idle/Cargo.toml", &package("idle", dependency));
    write("idle/src/main.rs", "use elements as _;\n\nfn main() {}\n");
    directory
}

fn source(subject: Subject, elements: usize) -> String {
    let is_ours = subject == Subject::Ours;
    let attribute = if is_ours {
        "#[plugin_core::interface(slot = \"DATA\")]\n"
    } else {
        ""
    };
    let mut text = format!(
        "{attribute}pub struct Datum {{
    pub name: &'static str,
    pub number: usize,
}}
"
    );
    if !is_ours {
        text.push_str("#[linkme::distributed_slice]\npub static DATA: [Datum];\n");
    }
    let attribute = if is_ours {
        "plugin_core::plugin(Datum)"
    } else {
        "linkme::distributed_slice(DATA)"
    };
    for number in 0..elements {
        writeln!(
            text,
            "/// The datum of number {number}.
#[{attribute}]
pub static D{number}: Datum = Datum {{ name: \"datum\", number: {number} }};"
        )
        .unwrap();
    }
    text
}

fn link(directory: &Path, arguments: &[&str]) -> PathBuf {
    let target = directory.join("target");
    let mut cargo = cargo::command(directory, &target);
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    cargo.args(["rustc", "--release", "--package", "idle", "--"]);
    cargo::run(cargo.args(arguments));
    target.join("release/idle")
}
