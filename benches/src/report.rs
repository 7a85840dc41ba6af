//! `benches/RESULTS.md`: what was measured, in tables, and beside what was wanted.

mod goals;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::before_main;
use crate::cargo;
use crate::compile_time;
use crate::configured;
use crate::data;
use crate::generate::Subject;
use crate::hot_path::{self, HotPath};
use crate::measured::Measured;
use crate::run_time::LTO;
use crate::scale;

/// The numbers of plugins.
pub(crate) const SIZES: [&str; 6] = ["1", "10", "100", "1000", "10000", "100000"];

/// What is done with a registry, its title, and who does it.
pub(crate) const WORKS: [(&str, &str, &[&str]); 7] = [
    ("length", "length", REGISTRIES),
    ("first", "first element", REGISTRIES),
    ("walk", "walk", REGISTRIES),
    ("call", "walk, and call each", REGISTRIES),
    ("data", "walk data, and add up a field", REGISTRIES),
    ("hit", "find by name: one that is there", MAPS),
    ("miss", "find by name: one that is not", MAPS),
];

const REGISTRIES: &[&str] = &[
    "plugin-core",
    "by hand",
    "linkme",
    "scattered-collect",
    "inventory",
];

const MAPS: &[&str] = &["plugin-core", "HashMap", "scattered-collect", "phf"];

/// Everything that has been measured.
pub(crate) struct Results {
    pub(crate) instructions: Measured,
    time: Measured,
    before_main: Measured,
    compile_time: Measured,
    scale: Measured,
    configured: Measured,
    twisted: Measured,
    hot_paths: Vec<HotPath>,
}

impl Results {
    pub(crate) fn load() -> Self {
        Self {
            instructions: Measured::load(Measured::INSTRUCTIONS),
            time: Measured::load(Measured::TIME),
            before_main: Measured::load(Measured::BEFORE_MAIN),
            compile_time: Measured::load(Measured::COMPILE_TIME),
            scale: Measured::load(Measured::SCALE),
            configured: Measured::load(Measured::CONFIGURED),
            twisted: Measured::load(Measured::TWISTED),
            hot_paths: hot_path::measure(hot_path::SUBJECTS, None),
        }
    }

    /// Nanoseconds, with those of the call and of the loop around it.
    fn time(&self, work: &str, size: &str, subject: &str) -> Option<f64> {
        self.time.get(&["off", work, size, subject])
    }

    /// Nanoseconds of a use that does nothing.
    fn no_time(&self) -> Option<f64> {
        self.time("nothing", "1", "nothing")
    }

    fn count(&self, lto: &str, work: &str, size: &str, subject: &str) -> Option<f64> {
        self.instructions.get(&[lto, work, size, subject])
    }

    fn hot_path(&self, name: &str) -> Option<&HotPath> {
        let mut paths = self.hot_paths.iter();
        paths.find(|path| path.subject.name() == name)
    }
}

pub(crate) fn write(results: &Results) {
    fs::write(cargo::workspace().join("benches/RESULTS.md"), text(results)).unwrap();
}

fn text(results: &Results) -> String {
    let parts = [
        head(),
        goals::table(results),
        hot_paths(results),
        run_time(results),
        casts(results),
        before_main_tables(results),
        compile_time_tables(results),
        scale_tables(results),
        data_tables(&results.scale),
        configured_table(&results.configured),
    ];
    // Of what has not been measured, there is nothing.
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn head() -> String {
    format!(
        "# What it costs\n\n\
         Written by `cargo run --release -p plugin-benches -- all`, which measures everything anew and \
         takes about half an hour;\n`cargo run --release -p plugin-benches` says how to measure a part. \
         The numbers behind the tables are in [`measured`](measured).\n\n\
         - Machine: {}, {} of them, Linux {}\n- Compiler: {}\n- Peers: {}\n",
        processor(),
        std::thread::available_parallelism().map_or(0, usize::from),
        stdout("uname", &["-r"]),
        stdout("rustc", &["--version"]),
        peers(),
    )
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut lines = info.lines();
    let model = lines.find_map(|line| line.strip_prefix("model name"));
    let name = model.and_then(|model| model.split_once(": "));
    name.map_or("unknown", |(_, name)| name).to_owned()
}

fn stdout(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).trim().to_owned()
}

/// With the versions of the lock file, which are those that were built.
fn peers() -> String {
    let lock = fs::read_to_string(cargo::workspace().join("Cargo.lock")).unwrap();
    let version = |name: &str| {
        let head = format!("name = \"{name}\"\nversion = \"");
        let (_, rest) = lock.split_once(&head)?;
        let (version, _) = rest.split_once('"')?;
        Some(format!("{name} {version}"))
    };
    let names = [
        "linkme",
        "inventory",
        "scattered-collect",
        "link-section",
        "phf",
        "crosstrait",
        "criterion",
    ];
    let peers: Vec<_> = names.into_iter().filter_map(version).collect();
    peers.join(", ")
}

fn hot_paths(results: &Results) -> String {
    let mut text = String::new();
    for path in &results.hot_paths {
        let (name, count) = (path.subject.name(), path.count());
        let listing = hot_path::listing(path);
        writeln!(
            text,
            "\n{name}: {count}, and a return\n\n```asm\n{listing}```"
        )
        .unwrap();
    }
    section(
        "## The hot path\n\n\
        A function that returns `plugins::<dyn I>()`, in a crate that has the interface from another, \
        without link-time\noptimisation; and what the others make of the same.\n",
        text,
    )
}

fn run_time(results: &Results) -> String {
    let mut body = String::new();
    for (work, title, subjects) in WORKS {
        let mut tables = String::new();
        for lto in LTO {
            let count = |size: &str, subject: &str| results.count(lto, work, size, subject);
            let title = match lto {
                "off" => "Instructions, without link-time optimisation:",
                "thin" => "Instructions, thin link-time optimisation:",
                _ => "Instructions, fat link-time optimisation:",
            };
            tables += &under(title, table("plugins", &SIZES, subjects, count));
        }
        let time = |size: &str, subject: &str| results.time(work, size, subject);
        tables += &under(
            "Nanoseconds, without link-time optimisation:",
            table("plugins", &SIZES, subjects, time),
        );
        let title = format!("### {title}\n\n![{title}](plots/{work}.svg)");
        body += &under(&title, tables.trim_start().to_owned());
    }
    let count = |lto: &str, subject: &str| results.count(lto, "one", "1", subject);
    let one = table("link-time optimisation", &LTO, REGISTRIES, count);
    body += &under("### exactly one\n\nInstructions:", one);
    let nothing = results.no_time().unwrap_or(0.0);
    let head = format!(
        "## Run time\n\n\
        Instructions, under callgrind: of one use, after the first, without the loop around it. In brackets, \
        beside the\nfirst column. Each use is a function of its own, which is not inlined: the \
        same work, with its arguments at hand, where\nthe compiler can see no further. Time is \
        the median that criterion gives,\nand has the loop and the call in it, which take {nothing:.1} ns.\n"
    );
    section(&head, body)
}

fn casts(results: &Results) -> String {
    let subjects = ["plugin-core", "crosstrait", "HashMap"];
    let rows = ["first", "second", "third", "none"];
    let words = |row: &str| match row {
        "first" => ("cast", "1"),
        "second" => ("cast", "2"),
        "third" => ("cast", "3"),
        _ => ("no cast", "3"),
    };
    let counts = table("interface", &rows, &subjects, |row, subject| {
        let (work, size) = words(row);
        results.count("off", work, size, subject)
    });
    let times = table("interface", &rows, &subjects, |row, subject| {
        let (work, size) = words(row);
        results.time(work, size, subject)
    });
    section(
        "### cast\n\n\
        Of an object that has three interfaces, to the first, the second, or the third of them, and a \
        call; or to one that\nit does not have.\n",
        under("Instructions:", counts) + &under("Nanoseconds:", times),
    )
}

fn before_main_tables(results: &Results) -> String {
    let subjects = before_main::SUBJECTS.map(Subject::name);
    let sizes = before_main::PLUGINS.map(|plugins| plugins.to_string());
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    let of = |words: &[&str]| results.before_main.get(words);
    let mut body = String::new();
    for quantity in before_main::QUANTITIES {
        let value = |size: &str, subject: &str| of(&[quantity, size, subject]);
        let title = format!("### {quantity}");
        body += &under(&title, table("plugins", &sizes, &subjects, value));
    }
    let each = table(
        "",
        &before_main::QUANTITIES,
        &subjects,
        |quantity, subject| {
            Some((of(&[quantity, "10000", subject])? - of(&[quantity, "0", subject])?) / 10_000.0)
        },
    );
    body += &under("### for each plugin, of 10000", each);
    section(
        "## Before `main`\n\n\
        Of a program whose `main` returns at once, and that has its plugins from two crates, each plugin \
        in two interfaces.\nInstructions are all that the process needs, the dynamic loader included.\n",
        body + &packed(results),
    )
}

/// What the same programs are with packed relocations.
fn packed(results: &Results) -> String {
    let subjects = before_main::PACKED_SUBJECTS.map(Subject::name);
    let [none, many] = before_main::PACKED_PLUGINS.map(|plugins| plugins.to_string());
    let of = |words: &[&str]| results.before_main.get(&[&["packed"], words].concat());
    let mut body = String::new();
    for quantity in before_main::PACKED_QUANTITIES {
        let rows = [&*none, &many, "for each plugin"];
        let values = table(quantity, &rows, &subjects, |row, subject| {
            if row != "for each plugin" {
                return of(&[quantity, row, subject]);
            }
            let more = of(&[quantity, &many, subject])? - of(&[quantity, &none, subject])?;
            Some(more / many.parse::<f64>().unwrap())
        });
        if !values.is_empty() {
            write!(body, "\n{values}").unwrap();
        }
    }
    section(
        "\n### with packed relocations\n\n\
        The same programs, built with `-C link-arg=-Wl,-z,pack-relative-relocs`: a list of words that \
        hold an address becomes a\nmap. The loader writes the same words, and needs to be that of glibc \
        2.36 or later.\n",
        body,
    )
}

fn compile_time_tables(results: &Results) -> String {
    let rounds = results.compile_time.get(&["rounds"]).unwrap_or(0.0);
    let head = format!(
        "## Compile time\n\n\
         Each plugin is a static under two interfaces; of linkme and inventory, a static and two elements. \
         All are of one type,\nwhich the interface crate has, other than where there is a type for each: \
         then its impls are compiled too. Times are those\nof the processors, of all processes: they \
         hardly depend on what else the machine does. Median of {rounds} round(s).\n\n"
    );
    section(&head, compile_time::tables(&results.compile_time))
}

fn scale_tables(results: &Results) -> String {
    let processes = scale::PROCESSES;
    let head = format!(
        "## Scale\n\n\
        What the first use takes, each in a process of its own; the median of {processes} processes. Bytes \
        are counted by the\nhost's allocator: the index of `find` has two entries for each plugin, in a table \
        of 8-byte words whose number is a power\nof two, and which is at most two thirds full.\n\n"
    );
    section(&head, scale::tables(&results.scale))
}

/// What data as plugins take, where there are many.
pub(crate) fn data_tables(scale: &Measured) -> String {
    let processes = scale::PROCESSES;
    let value = |row: &str, subject: &str| scale.get(&["data", row, subject]);
    let walks = table("", &data::WALKS, &data::WALKERS, |walk, subject| {
        Some(value(walk, subject)? / 1_000.0)
    });
    let subjects = data::SUBJECTS.map(Subject::name);
    let bytes = table("bytes of each", &data::QUANTITIES, &subjects, value);
    let walks = under(
        &format!(
            "A walk of a million, which adds up the numbers, in microseconds: the median of {processes} \
            processes, and the\nlater walk the median of those in one process. By hand is a slice of the \
            data, in another crate."
        ),
        walks,
    );
    let bytes = under(
        "What each of 10000 adds to the file of a program that never asks for them, each declared by \
        itself: of linkme, an\nelement; of plugin-core, a record, an info, and the datum, each in a place \
        of its own.",
        bytes,
    );
    section(
        "### data\n\n\
        An interface that is a struct has data for plugins. `Datum { name: &'static str, number: usize }` \
        is 24 bytes.\n",
        walks + &bytes,
    )
}

/// Plugins that are made of parameters, beside typetag.
pub(crate) fn configured_table(measured: &Measured) -> String {
    let subjects = configured::SUBJECTS.map(configured::Subject::name);
    section(
        "## Plugins of parameters\n\n\
        A hundred types in one crate, each with five fields. A program reads a JSON file of one object of each: instructions \
        and\ntime of one object. The enum has all types for variants, and another crate cannot add one. \
        `Configured` keeps the\nparameters, so that it can be written again.\n\n",
        table(
            "",
            &configured::QUANTITIES,
            &subjects,
            |quantity, subject| measured.get(&[quantity, subject]),
        ),
    )
}

/// Nothing where there is nothing to head.
fn section(head: &str, body: String) -> String {
    if body.is_empty() {
        return body;
    }
    head.to_owned() + &body
}

/// The table under its title, if there is one.
fn under(title: &str, table: String) -> String {
    section(&format!("\n{title}\n\n"), table)
}

/// A row for each of `rows` that has a number, a column for each of `columns` that has one; nothing
/// where none has.
fn table(
    head: &str,
    rows: &[&str],
    columns: &[&str],
    value: impl Fn(&str, &str) -> Option<f64>,
) -> String {
    let mut text = String::new();
    let has_value = |column: &&&str| rows.iter().any(|row| value(row, column).is_some());
    let columns: Vec<&str> = columns.iter().filter(has_value).copied().collect();
    if columns.is_empty() {
        return text;
    }
    write!(text, "| {head} |").unwrap();
    for column in &columns {
        write!(text, " {column} |").unwrap();
    }
    text.push_str("\n|---|");
    text.push_str(&"---:|".repeat(columns.len()));
    text.push('\n');
    for row in rows {
        let values: Vec<_> = columns.iter().map(|column| value(row, column)).collect();
        let Some(first) = values.first().copied().flatten() else {
            continue;
        };
        write!(text, "| {row} |").unwrap();
        for (index, number) in values.into_iter().enumerate() {
            match number {
                Some(number) if index == 0 || first == 0.0 => {
                    write!(text, " {} |", short(number)).unwrap();
                }
                Some(number) => {
                    write!(text, " {} ({:.2}×) |", short(number), number / first).unwrap();
                }
                None => text.push_str(" |"),
            }
        }
        text.push('\n');
    }
    text
}

/// As many digits as mean something.
fn short(number: f64) -> String {
    if number.abs() >= 100.0 || number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.1}")
    }
}

/// What is worse than it was: a count that has grown by more than one instruction and a fiftieth.
///
/// So much may come from where the linker puts things.
pub(crate) fn worse(recorded: &Measured, now: &Measured) -> Vec<String> {
    let mut worse = BTreeSet::new();
    for (words, new) in now.all() {
        let is_ours = words.ends_with(" plugin-core");
        let Some(old) = recorded.get(&[words]).filter(|_| is_ours) else {
            continue;
        };
        if new > old * 1.02 + 1.0 {
            worse.insert(format!("{words}: {new} instructions instead of {old}"));
        }
    }
    worse.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Results {
        Results {
            instructions: Measured::default(),
            time: Measured::default(),
            before_main: Measured::default(),
            compile_time: Measured::default(),
            configured: Measured::default(),
            scale: Measured::default(),
            twisted: Measured::default(),
            hot_paths: Vec::new(),
        }
    }

    #[test]
    fn of_what_was_not_measured_there_is_nothing() {
        let text = text(&nothing());
        let headings: Vec<_> = text.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["# What it costs", "## What was wanted"]);
        let rows = text.lines().filter(|line| line.starts_with('|'));
        assert_eq!(rows.count(), 2, "{text}");
    }

    #[test]
    fn a_goal_is_not_met_by_one_instruction_more() {
        let mut results = nothing();
        for size in SIZES {
            results
                .instructions
                .set(&["off", "call", size, "by hand"], 24.0);
            results
                .instructions
                .set(&["off", "call", size, "plugin-core"], 24.0);
        }
        let is_met = |results: &Results| !goals::table(results).contains("| **not met** |");
        assert!(is_met(&results));
        results
            .instructions
            .set(&["off", "call", "100", "plugin-core"], 25.0);
        assert!(!is_met(&results));
    }
}
