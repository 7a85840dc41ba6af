//! What plugins cost their compiler: clean, after one plugin has changed, and the crates themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::cargo;
use crate::generate::{Subject, Workspace};
use crate::measured::{Measured, count, median};
use crate::usage::Usage;

/// How much to measure.
pub(crate) struct Extent {
    /// Of each, the median is kept.
    pub(crate) rounds: usize,
    pub(crate) plugins: Vec<usize>,
    pub(crate) crates: Vec<usize>,
    pub(crate) subjects: &'static [Subject],
    pub(crate) builds: &'static [Build],
    /// These in one crate too, with a type of its own for each plugin.
    pub(crate) own_types: &'static [Subject],
    /// Where to build, unless each has a place of its own.
    pub(crate) target: Option<PathBuf>,
    /// The crates of the subjects too.
    pub(crate) own_crates: bool,
}

pub(crate) const SUBJECTS: &[Subject] = &[
    Subject::Ours,
    Subject::Linkme,
    Subject::Inventory,
    Subject::ByHand,
];

pub(crate) const OWN_TYPES: &[Subject] = &[Subject::Ours, Subject::Linkme];

/// What the tables call it, and the command of Cargo.
pub(crate) type Build = (&'static str, &'static [&'static str]);

pub(crate) const BUILDS: &[Build] = &[
    ("check", &["check"]),
    ("debug", &["build"]),
    ("release", &["build", "--release"]),
];

/// After each round, `keep` gets the medians of all so far.
pub(crate) fn measure(extent: &Extent, mut keep: impl FnMut(&Measured)) -> Measured {
    let mut samples = Samples::default();
    for round in 1..=extent.rounds {
        if extent.own_crates {
            own_crates(&mut samples);
        }
        for &plugins in &extent.plugins {
            for &crates in &extent.crates {
                let words = [&*plugins.to_string(), &crates.to_string()];
                for &subject in extent.subjects {
                    let workspace = Workspace::new(subject, plugins, crates);
                    rebuilds(&mut samples, extent, workspace, &words);
                }
            }
        }
        // Of fewer plugins, the types would be lost in what every build costs.
        let most = extent.plugins.iter().copied().max().unwrap_or(0);
        for &subject in extent.own_types {
            let workspace = Workspace::with_own_types(subject, most, 1);
            rebuilds(
                &mut samples,
                extent,
                workspace,
                &["own types", &most.to_string()],
            );
        }
        let mut medians = samples.medians();
        medians.set(&["rounds"], count(round));
        keep(&medians);
    }
    samples.medians()
}

/// Every number that the rounds gave.
#[derive(Default)]
struct Samples(BTreeMap<Vec<String>, Vec<f64>>);

impl Samples {
    fn add(&mut self, words: &[&str], usage: &Usage) {
        eprintln!(
            "{:>6.2} s CPU: {}",
            usage.cpu.as_secs_f64(),
            words.join(" ")
        );
        for (unit, time) in [("cpu", usage.cpu), ("wall", usage.wall)] {
            let words = words.iter().chain([&unit]);
            let words = words.map(|&word| word.to_owned()).collect();
            self.0.entry(words).or_default().push(time.as_secs_f64());
        }
    }

    fn medians(&self) -> Measured {
        let mut measured = Measured::default();
        for (words, values) in &self.0 {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            measured.set(&words, median(values.clone()));
        }
        measured
    }
}

/// The crates that everyone who uses the subject has to build, once.
fn own_crates(samples: &mut Samples) {
    for &subject in SUBJECTS {
        let workspace = Workspace::new(subject, 1, 1);
        for (build, arguments) in BUILDS {
            if workspace.target.exists() {
                fs::remove_dir_all(&workspace.target).unwrap();
            }
            let usage = Usage::of(|| {
                let mut cargo = workspace.cargo();
                cargo::run(cargo.args(*arguments).args(["--package", "interfaces"]));
            });
            samples.add(&["own", build, subject.name()], &usage);
        }
    }
}

/// All builds of the crates of plugins.
fn rebuilds(samples: &mut Samples, extent: &Extent, workspace: Workspace, words: &[&str]) {
    let workspace = workspace.in_target(extent.target.as_deref());
    for build in extent.builds {
        rebuild(samples, &workspace, *build, words);
    }
}

/// One build of the crates of plugins: from nothing, and after one plugin has changed.
fn rebuild(
    samples: &mut Samples,
    workspace: &Workspace,
    (build, arguments): Build,
    words: &[&str],
) {
    let names = workspace.plugin_crates();
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let packages: Vec<&str> = packages.collect();
    let run = |arguments: &[&str], packages: &[&str]| {
        let mut cargo = workspace.cargo();
        cargo::run(cargo.args(arguments).args(packages));
    };
    let mut add = |state: &str, usage: &Usage| {
        let words = [words, &[build, state, workspace.subject.name()]].concat();
        samples.add(&words, usage);
    };
    run(arguments, &["--package", "interfaces"]);
    let profile: &[&str] = if build == "release" {
        &["clean", "--release"]
    } else {
        &["clean"]
    };
    run(profile, &packages);
    add("clean", &Usage::of(|| run(arguments, &packages)));
    workspace.change_a_plugin();
    add("changed", &Usage::of(|| run(arguments, &packages)));
}

/// What was measured, for people; empty where nothing was.
pub(crate) fn tables(measured: &Measured) -> String {
    let mut rows = String::new();
    for plugins in ["500", "2000"] {
        for crates in ["1", "10"] {
            for (build, _) in BUILDS {
                for state in ["clean", "changed"] {
                    let title = match (crates, state) {
                        ("1", "clean") => format!("{build}, {plugins} plugins"),
                        ("1", _) => format!("{build}, one of {plugins} changed"),
                        (_, "clean") => format!("{build}, {plugins} plugins in {crates} crates"),
                        _ => format!("{build}, one of {plugins} in {crates} crates changed"),
                    };
                    let words = [plugins, crates, build, state];
                    row(&mut rows, measured, &title, &words);
                }
            }
        }
    }
    for (build, _) in BUILDS {
        for state in ["clean", "changed"] {
            let title = match state {
                "clean" => format!("{build}, 2000 plugins, a type for each"),
                _ => format!("{build}, one of 2000 changed, a type for each"),
            };
            row(
                &mut rows,
                measured,
                &title,
                &["own types", "2000", build, state],
            );
        }
    }
    for (build, _) in BUILDS {
        let title = format!("{build}, the crates themselves");
        row(&mut rows, measured, &title, &["own", build]);
    }
    if rows.is_empty() {
        return rows;
    }
    let mut text = "| seconds of CPU time |".to_owned();
    for subject in SUBJECTS {
        write!(text, " {} |", subject.name()).unwrap();
    }
    text.push_str(" beside linkme |\n|---|---:|---:|---:|---:|---:|\n");
    text + &rows
}

fn row(text: &mut String, measured: &Measured, title: &str, words: &[&str]) {
    let of = |subject: Subject| {
        let mut words = words.to_vec();
        words.extend([subject.name(), "cpu"]);
        measured.get(&words)
    };
    let (Some(ours), Some(linkme)) = (of(Subject::Ours), of(Subject::Linkme)) else {
        return;
    };
    write!(text, "| {title} |").unwrap();
    for subject in SUBJECTS {
        match of(*subject) {
            Some(seconds) => write!(text, " {seconds:.2} |").unwrap(),
            None => text.push_str(" |"),
        }
    }
    writeln!(text, " {:.2}× |", ours / linkme).unwrap();
}
