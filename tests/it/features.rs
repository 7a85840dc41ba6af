//! The features of `plugin-core`, each left out.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{cargo, outside};

const SENTENCES: [&str; 3] = [
    "The first distinctive sentence is on an interface.",
    "The second distinctive sentence is on a member.",
    "The third distinctive sentence is on a plugin.",
];

/// What the program prints, and which of the sentences are in it.
fn quiet(features: &str) -> (String, Vec<&'static str>) {
    // The program has one name with whatever features: each has a directory.
    let target = outside::workspace().join(format!("target-quiet-{features}"));
    let mut build = cargo::command(&target);
    build.current_dir(outside::workspace());
    build.args(["build", "--package", "quiet", "--features", features]);
    cargo::stdout(build.output().unwrap());
    let name = format!("quiet{}", env::consts::EXE_SUFFIX);
    let program = target.join("debug").join(name);
    let bytes = fs::read(&program).unwrap();
    let is_in = |sentence: &&str| {
        let mut windows = bytes.windows(sentence.len());
        windows.any(|window| window == sentence.as_bytes())
    };
    let sentences = SENTENCES.into_iter().filter(is_in).collect();
    (
        cargo::stdout(Command::new(program).output().unwrap()),
        sentences,
    )
}

#[test]
fn docs_are_in_the_program_with_the_feature() {
    let (printed, sentences) = quiet("docs");
    assert_eq!(sentences, SENTENCES);
    let [interface, member, plugin] = SENTENCES;
    assert_eq!(
        printed,
        format!("[{interface}]\n[{member}]\n[{plugin}] 7\n")
    );
}

#[test]
fn docs_are_not_in_the_program_without_the_feature() {
    let (printed, sentences) = quiet("");
    assert_eq!(sentences, [""; 0]);
    assert_eq!(printed, "[]\n[]\n[] 7\n");
}

#[test]
fn the_crate_builds_without_any_feature() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let mut check = cargo::command(&target);
    check.current_dir(cargo::workspace());
    check.args(["check", "--package", "plugin-core", "--no-default-features"]);
    cargo::stdout(check.output().unwrap());
}
