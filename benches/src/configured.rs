//! What plugins that are made of parameters take, beside typetag: a hundred kinds of financial instruments, as
//! JSON objects that each have a tag.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo;
use crate::compile_time::BUILDS;
use crate::generate::package;
use crate::measured::{Measured, count, median};
use crate::run_time::{instructions, round, valgrind};
use crate::usage::Usage;

const KINDS: usize = 100;

/// What makes the objects.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    Ours,
    /// Objects that can be read, and not written again.
    Read,
    /// Objects that can be written again, as ours can.
    ReadAndWrite,
    /// An enum of all kinds, which no other crate can add to.
    Closed,
}

pub(crate) const SUBJECTS: [Subject; 4] = [
    Subject::Ours,
    Subject::Read,
    Subject::ReadAndWrite,
    Subject::Closed,
];

/// What is measured of each.
pub(crate) const QUANTITIES: [&str; 8] = [
    "instructions, tag first",
    "instructions, tag last",
    "nanoseconds, tag first",
    "nanoseconds, tag last",
    "CPU seconds, check",
    "CPU seconds, debug",
    "CPU seconds, release",
    "bytes, stripped",
];

/// Where the tag stands among the fields of an object.
const PLACES: [&str; 2] = ["tag first", "tag last"];

impl Subject {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "plugin-core",
            Self::Read => "typetag, read",
            Self::ReadAndWrite => "typetag, read and write",
            Self::Closed => "enum",
        }
    }

    fn dependency(self) -> String {
        match self {
            Self::Ours => {
                let path = cargo::workspace().join("plugin-core");
                let path = path.display();
                format!("plugin-core = {{ path = '{path}', features = [\"config\"] }}\n")
            }
            Self::Read | Self::ReadAndWrite => "typetag = \"*\"\n".to_owned(),
            Self::Closed => String::new(),
        }
    }

    /// The trait, and the type of a portfolio's elements.
    fn interface(self) -> &'static str {
        match self {
            Self::Ours => {
                "#[plugin_core::interface(configured(tag = \"type\"))]
pub trait IInstrument { fn value(&self) -> f64; }
pub type Instrument = plugin_core::Configured<dyn IInstrument>;
"
            }
            Self::Read => {
                "#[typetag::deserialize(tag = \"type\")]
pub trait IInstrument: Send + Sync { fn value(&self) -> f64; }
pub type Instrument = Box<dyn IInstrument>;
"
            }
            Self::ReadAndWrite => {
                "#[typetag::serde(tag = \"type\")]
pub trait IInstrument: Send + Sync { fn value(&self) -> f64; }
pub type Instrument = Box<dyn IInstrument>;
"
            }
            Self::Closed => "pub trait IInstrument: Send + Sync { fn value(&self) -> f64; }\n",
        }
    }

    fn kind(self, number: usize) -> String {
        let (above, beside, derives) = match self {
            Self::Ours => ("#[plugin_core::plugin(IInstrument)]\n", "", "Deserialize"),
            Self::Read => ("", "#[typetag::deserialize]\n", "Deserialize"),
            Self::ReadAndWrite => ("", "#[typetag::serde]\n", "Serialize, Deserialize"),
            Self::Closed => ("", "", "Deserialize"),
        };
        format!(
            "{above}#[derive({derives})]
pub struct Kind{number} {{ notional{number}: f64, currency: String, days: u32, legs: Vec<f64>, cap: Option<f64> }}
{beside}impl IInstrument for Kind{number} {{
    fn value(&self) -> f64 {{
        let legs: f64 = self.legs.iter().sum();
        self.notional{number} + legs + f64::from(self.days) + self.cap.unwrap_or(0.0) + self.currency.len() as f64
    }}
}}
"
        )
    }

    fn kinds(self) -> String {
        let mut text = self.interface().to_owned();
        let derives = match self {
            Self::ReadAndWrite => "use serde::{Deserialize, Serialize};\n",
            _ => "use serde::Deserialize;\n",
        };
        text.insert_str(0, derives);
        (0..KINDS).for_each(|number| text.push_str(&self.kind(number)));
        if let Self::Closed = self {
            text.push_str(
                "#[derive(Deserialize)]\n#[serde(tag = \"type\")]\npub enum Instrument {\n",
            );
            for number in 0..KINDS {
                writeln!(text, "    Kind{number}(Kind{number}),").unwrap();
            }
            text.push_str(
                "}\nimpl Instrument {\n    pub fn value(&self) -> f64 {\n        match self {\n",
            );
            for number in 0..KINDS {
                writeln!(
                    text,
                    "            Self::Kind{number}(kind) => kind.value(),"
                )
                .unwrap();
            }
            text.push_str("        }\n    }\n}\n");
        }
        text
    }
}

/// Reads a file as often as it is told, and prints what the objects are worth, and the nanoseconds of each read.
const HOST: &str = r#"use kinds::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let text = std::fs::read_to_string(arguments.next().unwrap()).unwrap();
    let rounds: usize = arguments.next().unwrap().parse().unwrap();
    let mut sum = 0.0;
    for _ in 0..rounds {
        let start = std::time::Instant::now();
        let portfolio: Vec<Instrument> = serde_json::from_str(&text).unwrap();
        println!("{}", start.elapsed().as_nanos());
        sum += portfolio.iter().map(|instrument| instrument.value()).sum::<f64>();
    }
    println!("{sum}");
}
"#;

/// Measures all, and so much of it: each program reads that many times, each crate is built that many times.
pub(crate) fn measure(rounds: usize) -> Result<Measured, String> {
    valgrind()?;
    let mut measured = Measured::default();
    let mut sums = Vec::new();
    for subject in SUBJECTS {
        eprintln!("configured: {}", subject.name());
        let directory = write_workspace(subject);
        for (build, arguments) in BUILDS.iter().copied() {
            let cpu = (0..rounds).map(|_| compile(&directory, arguments));
            measured.set(
                &["CPU seconds,", build, subject.name()],
                median(cpu.collect()),
            );
        }
        let program = link(&directory, "symbols");
        let bytes = count(fs::read(program).unwrap().len());
        measured.set(&["bytes, stripped", subject.name()], bytes);
        let program = link(&directory, "none");
        for place in PLACES {
            let file = directory.join(format!("{}.json", place.replace(' ', "-")));
            fs::write(&file, portfolio(place)).unwrap();
            let each = |value: f64| round(value / count(KINDS));
            let file = file.to_str().unwrap();
            // The first round has what is done once.
            let rounds = |rounds| instructions(&program, &[file, rounds]);
            let later = (rounds("3") - rounds("1")) / 2.0;
            measured.set(&["instructions,", place, subject.name()], each(later));
            let (times, sum) = run(Command::new(&program).args([file, "2001"]));
            measured.set(
                &["nanoseconds,", place, subject.name()],
                each(median(times)),
            );
            sums.push(sum);
        }
    }
    sums.dedup();
    assert_eq!(sums.len(), 1, "all have read the same");
    Ok(measured)
}

/// One object of each kind.
fn portfolio(place: &str) -> String {
    let objects = (0..KINDS).map(|number| {
        let tag = format!("\"type\": \"Kind{number}\"");
        let fields = format!(
            "\"notional{number}\": 1{number}250000.5, \"currency\": \"EUR\", \"days\": {number}, \
             \"legs\": [0.25, 0.5, 1.75], \"cap\": 0.125"
        );
        match place {
            "tag first" => format!("{{{tag}, {fields}}}"),
            _ => format!("{{{fields}, {tag}}}"),
        }
    });
    format!("[{}]", objects.collect::<Vec<_>>().join(",\n"))
}

/// A crate that has the kinds, and a program that reads them.
fn write_workspace(subject: Subject) -> PathBuf {
    let name = subject.name().replace([' ', ','], "-");
    let directory = cargo::scratch().join(format!("configured/{name}"));
    let write = |path: &str, text: &str| cargo::write(&directory.join(path), text);
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"kinds\", \"host\"]\n",
    );
    let lock = cargo::workspace().join("Cargo.lock");
    write("Cargo.lock", &fs::read_to_string(lock).unwrap());
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\n";
    let dependencies = format!("{serde}{}", subject.dependency());
    write("kinds/Cargo.toml", &package("kinds", &dependencies));
    write("kinds/src/lib.rs", &subject.kinds());
    let dependencies = "kinds = { path = \"../kinds\" }\nserde_json = \"1\"\n";
    write("host/Cargo.toml", &package("host", dependencies));
    write("host/src/main.rs", HOST);
    directory
}

/// The seconds of a processor that the crate of the kinds takes.
fn compile(directory: &Path, arguments: &[&str]) -> f64 {
    let target = directory.join("target");
    let build = || {
        let mut cargo = cargo::command(directory, &target);
        cargo::run(cargo.args(arguments).args(["--package", "kinds"]));
    };
    build();
    let mut cargo = cargo::command(directory, &target);
    let release = arguments.contains(&"--release");
    cargo.args(["clean", "--package", "kinds"]);
    cargo::run(cargo.args(release.then_some("--release")));
    Usage::of(build).cpu.as_secs_f64()
}

fn link(directory: &Path, strip: &str) -> PathBuf {
    let target = directory.join("target").join(strip);
    let mut cargo = cargo::command(directory, &target);
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", strip);
    cargo::run(cargo.args(["build", "--release", "--package", "host"]));
    target.join("release/host")
}

/// The nanoseconds of each round, and the sum of all objects' values.
fn run(command: &mut Command) -> (Vec<f64>, String) {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let sum = lines.pop().unwrap().to_owned();
    (
        lines.iter().map(|line| line.parse().unwrap()).collect(),
        sum,
    )
}
