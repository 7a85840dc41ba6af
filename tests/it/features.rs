//! What the features of `plugin-core` leave out.

use std::process::Command;
use std::{env, fs};

use crate::{cargo, outside};

const SENTENCES: [&str; 3] = [
    "The first distinctive sentence is on an interface.",
    "The second distinctive sentence is on a member.",
    "The third distinctive sentence is on a plugin.",
];

/// What the program prints, and which of the sentences are in it.
fn quiet(features: &str) -> (String, Vec<&'static str>) {
    outside::workspace().stdout(&["build", "--package", "quiet", "--features", features]);
    let name = format!("quiet{}", env::consts::EXE_SUFFIX);
    let program = cargo::target().join("debug").join(name);
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

// One test: both builds write the same program.
#[test]
fn docs_are_in_the_program_with_their_feature_alone() {
    let (printed, sentences) = quiet("docs");
    assert_eq!(sentences, SENTENCES);
    let [interface, member, plugin] = SENTENCES;
    assert_eq!(
        printed,
        format!("[{interface}]\n[{member}]\n[{plugin}] 7\n")
    );

    let (printed, sentences) = quiet("");
    assert_eq!(sentences, [""; 0]);
    assert_eq!(printed, "[]\n[]\n[] 7\n");
}

#[test]
fn a_configured_interface_asks_for_its_feature() {
    let arguments = ["check", "--package", "quiet", "--features", "configured"];
    let errors = outside::workspace().stderr(&arguments);
    let mut errors = errors.split("\nerror").skip(1);
    let error = errors.next().unwrap();
    let expected = [
        ": a configured interface needs plugin-core's feature `config`",
        "       help: `cargo add plugin-core --features config`",
    ];
    assert_eq!(error.lines().take(2).collect::<Vec<_>>(), expected);
    let last = errors.next().unwrap();
    assert!(last.starts_with(": could not compile `quiet`"), "{last}");
}
