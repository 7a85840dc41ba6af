//! How the first look at a large program grows: with the interfaces, and with the plugins of one of them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo;
use crate::data;
use crate::generate::{Subject, package};
use crate::measured::{Measured, median};

const INTERFACES: [usize; 3] = [250, 1_000, 4_000];

/// What is done with all interfaces, and its title.
pub(crate) const WORKS: [(&str, &str); 3] = [
    ("catalog", "`catalog()`"),
    ("why", "`why(\"missing\")`"),
    ("table", "`format!(\"{}\", catalog())`"),
];

const PLUGINS: [&str; 3] = ["10000", "100000", "1000000"];

/// What is done first with the plugins of one interface.
const FIRSTS: [&str; 2] = ["find", "sorted"];

/// What is measured of each, and its title.
const QUANTITIES: [(&str, &str); 3] = [
    ("nanoseconds", "nanoseconds"),
    ("kept", "bytes that stay allocated"),
    ("most", "bytes allocated at most"),
];

/// The first use is measured, and so each number is of another process. The median is kept.
pub(crate) const PROCESSES: usize = 11;

pub(crate) fn measure() -> Measured {
    let mut measured = Measured::default();
    for interfaces in INTERFACES {
        eprintln!("scale: {interfaces} interfaces");
        let host = build_interfaces(interfaces, None);
        for (work, _) in WORKS {
            let [nanoseconds] = first_use(&host, &[work]);
            let interfaces = interfaces.to_string();
            measured.set(&["interfaces", &interfaces, work], nanoseconds);
        }
    }
    eprintln!("scale: slots of a million plugins, which take minutes to compile");
    let host = build_slots();
    for plugins in PLUGINS {
        for first in FIRSTS {
            let values: [f64; QUANTITIES.len()] = first_use(&host, &[first, plugins]);
            for ((quantity, _), value) in QUANTITIES.into_iter().zip(values) {
                measured.set(&["plugins", plugins, first, quantity], value);
            }
        }
    }
    data::measure_walks(&host, &mut measured);
    data::measure_bytes(&mut measured);
    measured
}

/// The numbers that a program prints, which does one thing and ends.
pub(crate) fn first_use<const N: usize>(program: &Path, arguments: &[&str]) -> [f64; N] {
    let mut samples = [(); N].map(|()| Vec::new());
    for _ in 0..PROCESSES {
        let mut command = Command::new(program);
        // A table is as wide as the terminal.
        command.args(arguments).env_remove("COLUMNS");
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
        assert_eq!(numbers.len(), N, "{text}");
        for (samples, number) in samples.iter_mut().zip(numbers) {
            samples.push(number);
        }
    }
    samples.map(median)
}

/// A host of that many interfaces, each of which has one plugin.
pub(crate) fn build_interfaces(interfaces: usize, target: Option<&Path>) -> PathBuf {
    let directory = cargo::scratch().join(format!("scale/interfaces-{interfaces}"));
    let target = target.map_or_else(|| directory.join("target"), Path::to_owned);
    let write = |path: &str, text: &str| cargo::write(&directory.join(path), text);
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"many\", \"scale\"]\n";
    write("Cargo.toml", manifest);
    let lock = cargo::workspace().join("Cargo.lock");
    write("Cargo.lock", &fs::read_to_string(lock).unwrap());
    let dependency = Subject::Ours.dependency();
    write("many/Cargo.toml", &package("many", &dependency));
    write("many/src/lib.rs", &many(interfaces));
    let dependencies = format!("{dependency}many = {{ path = \"../many\" }}\n");
    write("scale/Cargo.toml", &package("scale", &dependencies));
    let main = HOST.replace("COUNT", &interfaces.to_string());
    write("scale/src/main.rs", &main);
    let mut cargo = cargo::command(&directory, &target);
    cargo::run(cargo.args(["build", "--release", "--package", "scale"]));
    target.join("release/scale")
}

/// In modules of ten: each interface looks at all names of its module, for which rustc needs memory as
/// the square of how many there are, and more than 24 GB for thousands.
fn many(interfaces: usize) -> String {
    let mut text = "pub struct Unit;\n".to_owned();
    for module in 0..interfaces.div_ceil(10) {
        writeln!(text, "pub mod m{module} {{\nuse super::Unit;").unwrap();
        for number in (10 * module..interfaces).take(10) {
            writeln!(
                text,
                "#[plugin_core::interface]
pub trait I{number} {{}}
impl I{number} for Unit {{}}
#[plugin_core::plugin(I{number})]
static P{number}: Unit = Unit;"
            )
            .unwrap();
        }
        text.push_str("}\n");
    }
    text
}

const HOST: &str = r#"use many as _;

fn main() {
    let nanoseconds = match std::env::args().nth(1).as_deref() {
        Some("catalog") => time(plugin_core::catalog),
        Some("why") => time(|| plugin_core::why("missing")),
        Some("table") => time(|| format!("{}", plugin_core::catalog())),
        _ => panic!("usage: scale catalog|why|table"),
    };
    assert_eq!(plugin_core::catalog().plugins().len(), COUNT);
    println!("{nanoseconds}");
}

fn time<T>(run: impl FnOnce() -> T) -> u128 {
    let start = std::time::Instant::now();
    let result = std::hint::black_box(run());
    let nanoseconds = start.elapsed().as_nanos();
    drop(result);
    nanoseconds
}
"#;

/// The host of the large slots.
fn build_slots() -> PathBuf {
    // A place of its own: with the million, the crates are others.
    let target = cargo::scratch().join("scale/slots");
    let mut cargo = cargo::command(&cargo::workspace(), &target);
    cargo.env("BENCH_MILLION", "1");
    cargo.args(["build", "--release", "--package", "bench-probe"]);
    cargo::run(cargo.args(["--bin", "bench-scale", "--features", "peers"]));
    target.join("release/bench-scale")
}

/// What was measured, for people; empty where nothing was.
pub(crate) fn tables(measured: &Measured) -> String {
    let interfaces = interface_rows(measured);
    let plugins = plugin_rows(measured);
    let mut text = String::new();
    if !interfaces.is_empty() {
        text.push_str("Microseconds; in brackets, nanoseconds for each interface:\n\n");
        let titles = WORKS.map(|(_, title)| title.to_owned());
        text.push_str(&head("interfaces, each with one plugin", &titles));
        text.push_str(&interfaces);
        text.push('\n');
    }
    if !plugins.is_empty() {
        text.push_str("For each plugin of one interface:\n\n");
        let titles = QUANTITIES.map(|(_, title)| FIRSTS.map(|first| format!("`{first}`: {title}")));
        text.push_str(&head("plugins", titles.as_flattened()));
        text.push_str(&plugins);
    }
    text
}

fn head(first: &str, columns: &[String]) -> String {
    let titles = columns.join(" | ");
    format!(
        "| {first} | {titles} |\n|---|{}\n",
        "---:|".repeat(columns.len())
    )
}

fn interface_rows(measured: &Measured) -> String {
    let row = |interfaces: usize| {
        let count = interfaces.to_string();
        let cells = WORKS.map(|(work, _)| {
            let time = measured.get(&["interfaces", &count, work])?;
            let each = time / crate::measured::count(interfaces);
            Some(format!("{:.0} ({each:.0})", time / 1_000.0))
        });
        row(&count, &cells)
    };
    INTERFACES.into_iter().map(row).collect()
}

fn plugin_rows(measured: &Measured) -> String {
    let row = |plugins: &str| {
        let each = |first: &str, quantity: &str| {
            let value = measured.get(&["plugins", plugins, first, quantity])?;
            let each = value / plugins.parse::<f64>().unwrap();
            Some(format!("{each:.0}"))
        };
        let cells = QUANTITIES.map(|(quantity, _)| FIRSTS.map(|first| each(first, quantity)));
        row(plugins, cells.as_flattened())
    };
    PLUGINS.into_iter().map(row).collect()
}

/// Empty where nothing was measured.
fn row(first: &str, cells: &[Option<String>]) -> String {
    if cells.iter().all(Option::is_none) {
        return String::new();
    }
    let cells = cells.iter().map(|cell| cell.as_deref().unwrap_or_default());
    format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
}
