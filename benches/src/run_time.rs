//! What the works of `subjects/probe` take: in instructions, under callgrind, and in time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo;
use crate::measured::Measured;

/// Link-time optimisation, as Cargo's profiles name it.
pub(crate) const LTO: [&str; 3] = ["off", "thin", "fat"];

/// Counts the instructions of each work.
pub(crate) fn count(ltos: &[&str]) -> Result<Measured, String> {
    valgrind()?;
    let mut measured = Measured::default();
    for lto in ltos {
        eprintln!("instructions, with link-time optimisation {lto}");
        let directory = cargo::scratch().join("run-time");
        let profile = directory.join(format!("callgrind-{lto}"));
        fs::create_dir_all(&directory).unwrap();
        let output = Command::new("valgrind")
            .args(["--quiet", "--tool=callgrind", "--combine-dumps=yes"])
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .args(["--zero-before=*::counted", "--dump-after=*::counted"])
            .arg(build(lto))
            .arg("count")
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let labels = String::from_utf8(output.stdout).unwrap();
        add_counts(&mut measured, lto, &labels, &totals(&profile));
        fs::remove_file(profile).unwrap();
    }
    Ok(measured)
}

/// That valgrind is there, or what to do.
pub(crate) fn valgrind() -> Result<(), String> {
    match Command::new("valgrind").arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err("instructions are counted by valgrind, which is not here\n\
             help: install it, as in `apt-get install valgrind`"
            .to_owned()),
    }
}

/// The instructions of a whole process, from the first one of the dynamic loader.
pub(crate) fn instructions(program: &Path, arguments: &[&str]) -> f64 {
    let profile = cargo::scratch().join("callgrind-process");
    let output = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = fs::read_to_string(&profile).unwrap();
    fs::remove_file(profile).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total.unwrap().parse().unwrap()
}

/// Each work is done some times, and then twice as often: the difference has no overhead.
fn add_counts(measured: &mut Measured, lto: &str, labels: &str, totals: &[f64]) {
    let works: Vec<_> = labels
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    assert_eq!(2 * works.len(), totals.len(), "a part for each measurement");
    let mut loop_around = 0.0;
    for ((times, label), totals) in works.into_iter().zip(totals.chunks(2)) {
        let times: f64 = times.parse().unwrap();
        let each = (totals[1] - totals[0]) / times;
        // The first one does nothing.
        if label == "nothing 1 nothing" {
            loop_around = each;
        } else {
            measured.set(&[lto, label], round(each - loop_around));
        }
    }
}

/// To hundredths.
pub(crate) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The instructions of each part that callgrind dumped, but of the last: that is the program's end.
fn totals(profile: &Path) -> Vec<f64> {
    let text = fs::read_to_string(profile).unwrap();
    let parts = text.split("\npart: ").skip(1);
    let of_counted = parts.filter(|part| part.contains("Trigger: --dump-after"));
    of_counted
        .map(|part| {
            let mut lines = part.lines();
            let total = lines.find_map(|line| line.strip_prefix("totals: "));
            total.unwrap().parse().unwrap()
        })
        .collect()
}

/// Measures the time of each work, in nanoseconds.
pub(crate) fn time(lto: &str) -> Measured {
    eprintln!("time, with link-time optimisation {lto}");
    let home = cargo::scratch().join("run-time/criterion");
    let output = Command::new(build(lto))
        .arg("time")
        .env("CRITERION_HOME", &home)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut measured = Measured::default();
    for work in fs::read_dir(home).unwrap() {
        let new = work.unwrap().path().join("new");
        let benchmark = json(&new.join("benchmark.json"));
        let estimates = json(&new.join("estimates.json"));
        let label = benchmark["full_id"].as_str().unwrap();
        let median = &estimates["median"];
        measured.set(&[lto, label], median["point_estimate"].as_f64().unwrap());
    }
    measured
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The host of all registries.
fn build(lto: &str) -> PathBuf {
    let directory = cargo::scratch().join("run-time");
    fs::create_dir_all(&directory).unwrap();
    let target = directory.join(format!("target-{lto}"));
    let mut cargo = cargo::command(&cargo::workspace(), &target);
    cargo.env("CARGO_PROFILE_RELEASE_LTO", lto);
    // Without names, callgrind could not tell what to look at.
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none");
    cargo.args(["build", "--release", "--package", "bench-probe"]);
    cargo::run(cargo.args(["--bin", "bench-probe", "--features", "peers"]));
    target.join("release/bench-probe")
}
