//! `benches/RESULTS.md`: what was measured, in tables, and beside what was wanted.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::before_main;
use crate::cargo;
use crate::compile_time;
use crate::hot_path::{self, HotPath};
use crate::measured::Measured;
use crate::run_time::LTO;

/// The numbers of plugins.
pub(crate) const SIZES: [&str; 6] = ["1", "10", "100", "1000", "10000", "100000"];

/// What is done with a registry, its title, and who does it.
pub(crate) const WORKS: [(&str, &str, &[&str]); 6] = [
    ("length", "length", REGISTRIES),
    ("first", "first element", REGISTRIES),
    ("walk", "walk", REGISTRIES),
    ("call", "walk, and call each", REGISTRIES),
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

    fn hot_path(&self, name: &str) -> &HotPath {
        let mut paths = self.hot_paths.iter();
        paths.find(|path| path.subject.name() == name).unwrap()
    }
}

pub(crate) fn write(results: &Results) {
    let text = [
        head(),
        goals(results),
        hot_paths(results),
        run_time(results),
        casts(results),
        before_main_tables(results),
        compile_time_tables(results),
    ]
    .join("\n");
    fs::write(cargo::workspace().join("benches/RESULTS.md"), text).unwrap();
}

fn head() -> String {
    format!(
        "# What it costs\n\n\
         Written by `cargo run --release -p plugin-benches -- all`, which measures everything anew and \
         takes about twenty minutes;\n`cargo run --release -p plugin-benches` says how to measure a part. \
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

/// One of the things that were wanted.
struct Goal {
    what: &'static str,
    wanted: &'static str,
    measured: String,
    is_met: bool,
}

fn goals(results: &Results) -> String {
    let goals = [
        Some(hot_path_goal(results)),
        Some(same_as_by_hand_goal(results)),
        call_goal(results),
        find_goal(results),
        cast_goal(results),
        before_main_goal(results),
        compile_goal(results),
        twisted_goal(results),
    ];
    let mut text =
        "## What was wanted\n\n| what | wanted | measured | |\n|---|---|---|---|\n".to_owned();
    for goal in goals.into_iter().flatten() {
        let verdict = if goal.is_met { "met" } else { "**not met**" };
        writeln!(
            text,
            "| {} | {} | {} | {verdict} |",
            goal.what, goal.wanted, goal.measured
        )
        .unwrap();
    }
    text.push('\n');
    text.push_str(include_str!("../NOTES.md"));
    text
}

fn hot_path_goal(results: &Results) -> Goal {
    let path = results.hot_path("plugin-core");
    let count = path.count();
    let calls = if path.calls() { "a call" } else { "no call" };
    Goal {
        what: "`plugins::<dyn I>()`, where it has been called before",
        wanted: "at most 5 instructions, no call",
        measured: format!(
            "{count} and a return, {calls}; linkme {}",
            results.hot_path("linkme").count()
        ),
        is_met: count <= 5 && !path.calls(),
    }
}

fn same_as_by_hand_goal(results: &Results) -> Goal {
    let sizes = || SIZES.into_iter().skip(1);
    let differences: Vec<f64> = sizes()
        .filter_map(|size| {
            let of = |subject| results.count("off", "first", size, subject);
            Some(of("plugin-core")? - of("by hand")?)
        })
        .collect();
    let times: Vec<f64> = sizes()
        .filter_map(|size| {
            let of = |subject| results.time("first", size, subject);
            Some(of("plugin-core")? / of("by hand")?)
        })
        .collect();
    let worst = differences.iter().copied().fold(0.0, f64::max);
    let time = crate::measured::median(times);
    Goal {
        what: "the same, and its first element, beside a slice behind a reference in another crate",
        wanted: "at most 1.0× the time",
        measured: format!(
            "{time:.2}× the time of a function that does it; {worst:.0} instructions more, whatever the number"
        ),
        is_met: time <= 1.05,
    }
}

fn call_goal(results: &Results) -> Option<Goal> {
    let mut text = String::new();
    let mut worst: f64 = 0.0;
    for size in &SIZES[1..] {
        let ratio = results.count("off", "call", size, "plugin-core")?
            / results.count("off", "call", size, "by hand")?;
        // Of ten, the call that finds the slice is a part; of a thousand, it is nothing.
        if *size != "10" {
            worst = worst.max(ratio);
        }
        write!(text, "{ratio:.2}× of {size}, ").unwrap();
    }
    Some(Goal {
        what: "walk and call, beside `[&dyn I]` written by hand",
        wanted: "1.00× the instructions",
        measured: text.trim_end_matches(", ").to_owned(),
        is_met: worst < 1.015,
    })
}

fn find_goal(results: &Results) -> Option<Goal> {
    let time = |size, subject| results.time("hit", size, subject);
    let ours = [
        time("10", "plugin-core")?,
        time("1000", "plugin-core")?,
        time("100000", "plugin-core")?,
    ];
    let maps = [
        time("10", "HashMap")?,
        time("1000", "HashMap")?,
        time("100000", "HashMap")?,
    ];
    let scattered = [
        time("10", "scattered-collect")?,
        time("1000", "scattered-collect")?,
    ];
    let count = |size| results.count("off", "hit", size, "plugin-core");
    let is_flat = count("100000")? / count("10")? < 1.2;
    let is_faster = ours.iter().zip(maps).all(|(ours, map)| *ours <= map)
        && ours.iter().zip(scattered).all(|(ours, map)| *ours <= map);
    Some(Goal {
        what: "find by name, of 10, 1000, and 100000",
        wanted: "flat; faster than `HashMap` and scattered-collect",
        measured: format!(
            "{:.0}, {:.0}, and {:.0} ns ({:.0}, {:.0}, and {:.0} instructions); \
             `HashMap` {:.0}, {:.0}, and {:.0} ns; scattered-collect {:.0} and {:.0} ns",
            ours[0],
            ours[1],
            ours[2],
            count("10")?,
            count("1000")?,
            count("100000")?,
            maps[0],
            maps[1],
            maps[2],
            scattered[0],
            scattered[1],
        ),
        is_met: is_flat && is_faster,
    })
}

fn cast_goal(results: &Results) -> Option<Goal> {
    let time = |subject| Some(results.time("cast", "3", subject)? - results.no_time()?);
    let ours = time("plugin-core")?;
    Some(Goal {
        what: "`query` of a plugin with three interfaces, for the last one, and a call",
        wanted: "at most 3 ns",
        measured: format!(
            "{ours:.1} ns, {:.0} instructions; crosstrait {:.0} ns, `HashMap` {:.0} ns",
            results.count("off", "cast", "3", "plugin-core")?,
            time("crosstrait")?,
            time("HashMap")?
        ),
        is_met: ours <= 3.0,
    })
}

fn before_main_goal(results: &Results) -> Option<Goal> {
    let of = |quantity: &str, plugins: &str, subject: &str| {
        results.before_main.get(&[quantity, plugins, subject])
    };
    let each = |quantity, subject| {
        Some((of(quantity, "10000", subject)? - of(quantity, "0", subject)?) / 10_000.0)
    };
    // A record of an interface has three addresses, and what is known of the plugin has one.
    let records = 2.0 * 3.0 + 1.0;
    let relocations = each("relocations", "plugin-core")?;
    let constructors =
        of("constructors", "10000", "plugin-core")? - of("constructors", "0", "plugin-core")?;
    Some(Goal {
        what: "before `main`, a plugin of two interfaces",
        wanted: "no constructor; no more than the relocations of the records, which are 7",
        measured: format!(
            "{constructors:.0} constructors, {relocations:.1} relocations, {:.0} instructions; \
             linkme {:.1} and {:.0}; inventory {:.0} constructors, {:.1} and {:.0}",
            each("instructions before main", "plugin-core")?,
            each("relocations", "linkme")?,
            each("instructions before main", "linkme")?,
            each("constructors", "inventory")?,
            each("relocations", "inventory")?,
            each("instructions before main", "inventory")?,
        ),
        // A few belong to the program, whatever the number of its plugins.
        is_met: constructors == 0.0 && relocations <= records + 0.1,
    })
}

fn compile_goal(results: &Results) -> Option<Goal> {
    let mut worst: f64 = 0.0;
    let mut text = String::new();
    for build in ["check", "debug", "release"] {
        let of = |subject| {
            results
                .compile_time
                .get(&["2000", "1", build, "clean", subject, "cpu"])
        };
        let ratio = of("plugin-core")? / of("linkme")?;
        worst = worst.max(ratio);
        write!(text, "{build} {ratio:.2}×, ").unwrap();
    }
    Some(Goal {
        what: "compile time of 2000 plugins of two interfaces",
        wanted: "at most 1.5× linkme with the same elements",
        measured: text.trim_end_matches(", ").to_owned(),
        is_met: worst <= 1.5,
    })
}

fn twisted_goal(results: &Results) -> Option<Goal> {
    let ours = results.time("call", "100", "plugin-core")?;
    let Some(twisted) = results.twisted.get(&["again", "100", "nanoseconds"]) else {
        return Some(Goal {
            what: "the same lookup in Twisted, 100 plugins",
            wanted: "at least 10000× faster",
            measured: "Twisted is not here".to_owned(),
            is_met: false,
        });
    };
    Some(Goal {
        what: "the same lookup in Twisted, 100 plugins",
        wanted: "at least 10000× faster",
        measured: format!(
            "{:.0}×: {:.0} µs there, {ours:.0} ns here, calls included",
            twisted / ours,
            twisted / 1_000.0
        ),
        is_met: twisted / ours >= 10_000.0,
    })
}

fn hot_paths(results: &Results) -> String {
    let mut text = "## The hot path\n\n\
        `plugins::<dyn I>()` from the second call on, in a crate that has the interface from another, \
        without link-time\noptimisation; and what the others make of the same.\n"
        .to_owned();
    for path in &results.hot_paths {
        let (name, count) = (path.subject.name(), path.count());
        let listing = hot_path::listing(path);
        writeln!(
            text,
            "\n{name}: {count}, and a return\n\n```asm\n{listing}```"
        )
        .unwrap();
    }
    text
}

fn run_time(results: &Results) -> String {
    let nothing = results.no_time().unwrap_or(0.0);
    let mut text = format!(
        "## Run time\n\n\
        Instructions, under callgrind: of one use, after the first, without the loop around it. In brackets, \
        beside the\nfirst column. Each use is a function of its own, which is not inlined: the \
        same work, with its arguments at hand, where\nthe compiler can see no further. Time is \
        the median that criterion gives,\nand has the loop and the call in it, which take {nothing:.1} ns.\n"
    );
    for (work, title, subjects) in WORKS {
        write!(text, "\n### {title}\n\n![{title}](plots/{work}.svg)\n").unwrap();
        for lto in LTO {
            let lto_title = match lto {
                "off" => "without link-time optimisation",
                "thin" => "thin link-time optimisation",
                _ => "fat link-time optimisation",
            };
            let count = |size: &str, subject: &str| results.count(lto, work, size, subject);
            if count("10", "plugin-core").is_some() {
                writeln!(text, "\nInstructions, {lto_title}:\n").unwrap();
                table(&mut text, "plugins", &SIZES, subjects, count);
            }
        }
        let time = |size: &str, subject: &str| results.time(work, size, subject);
        text.push_str("\nNanoseconds, without link-time optimisation:\n\n");
        table(&mut text, "plugins", &SIZES, subjects, time);
    }
    text.push_str("\n### exactly one\n\nInstructions:\n\n");
    let count = |lto: &str, subject: &str| results.count(lto, "one", "1", subject);
    table(&mut text, "link-time optimisation", &LTO, REGISTRIES, count);
    text
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
    let mut text = "### cast\n\n\
        Of an object that has three interfaces, to the first, the second, or the third of them, and a \
        call; or to one that\nit does not have.\n\nInstructions:\n\n"
        .to_owned();
    table(&mut text, "interface", &rows, &subjects, |row, subject| {
        let (work, size) = words(row);
        results.count("off", work, size, subject)
    });
    text.push_str("\nNanoseconds:\n\n");
    table(&mut text, "interface", &rows, &subjects, |row, subject| {
        let (work, size) = words(row);
        results.time(work, size, subject)
    });
    text
}

fn before_main_tables(results: &Results) -> String {
    let subjects = before_main::SUBJECTS.map(crate::generate::Subject::name);
    let sizes = before_main::PLUGINS.map(|plugins| plugins.to_string());
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    let mut text = "## Before `main`\n\n\
        Of a program whose `main` returns at once, and that has its plugins from two crates, each plugin \
        in two interfaces.\nInstructions are all that the process needs, the dynamic loader included.\n"
        .to_owned();
    for quantity in before_main::QUANTITIES {
        writeln!(text, "\n### {quantity}\n").unwrap();
        table(&mut text, "plugins", &sizes, &subjects, |size, subject| {
            results.before_main.get(&[quantity, size, subject])
        });
    }
    text.push_str("\n### for each plugin, of 10000\n\n");
    table(
        &mut text,
        "",
        &before_main::QUANTITIES,
        &subjects,
        |quantity, subject| {
            let of = |plugins| results.before_main.get(&[quantity, plugins, subject]);
            Some((of("10000")? - of("0")?) / 10_000.0)
        },
    );
    text
}

fn compile_time_tables(results: &Results) -> String {
    let rounds = results.compile_time.get(&["rounds"]).unwrap_or(0.0);
    format!(
        "## Compile time\n\n\
         Each plugin is a static under two interfaces; of linkme and inventory, a static and two elements. \
         Times are those\nof the processors, of all processes: they hardly depend on what else the \
         machine does. Median of {rounds} round(s).\n\n{}",
        compile_time::tables(&results.compile_time)
    )
}

/// A row for each of `rows` that has a number, a column for each of `columns` that has one.
fn table(
    text: &mut String,
    head: &str,
    rows: &[&str],
    columns: &[&str],
    value: impl Fn(&str, &str) -> Option<f64>,
) {
    let has_value = |column: &&&str| rows.iter().any(|row| value(row, column).is_some());
    let columns: Vec<&str> = columns.iter().filter(has_value).copied().collect();
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
