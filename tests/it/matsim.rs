//! The example, as its user sees it.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use crate::cargo;

fn matsim(arguments: &[&str]) -> Output {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    let program = PROGRAM.get_or_init(build);
    Command::new(program).args(arguments).output().unwrap()
}

fn build() -> String {
    // The directory of the build that these tests are part of.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut build = cargo::command(target);
    build.current_dir(cargo::workspace());
    build.args(["build", "--package", "matsim", "--message-format", "json"]);
    let messages = cargo::stdout(build.output().unwrap());
    let mut messages = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let program = messages.find_map(|message| Some(message["executable"].as_str()?.to_owned()));
    program.unwrap()
}

/// The lines below the heading of one plugin.
fn below<'a>(text: &'a str, heading: &str) -> [&'a str; 2] {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(heading));
    assert!(lines.next().is_some(), "no heading {heading:?} in {text}");
    [lines.next().unwrap(), lines.next().unwrap()]
}

#[test]
fn every_material_is_displayed_below_its_name_and_crate() {
    let text = cargo::stdout(matsim(&[]));
    assert_eq!(
        below(&text, "steel-plate (metals "),
        [
            "A material with yield stress 103421359500000 at 500 K",
            "Also a dielectric constant of 2.7+0.2i."
        ]
    );
    assert_eq!(
        below(&text, "brass-plate (metals "),
        [
            "A material with yield stress 51710679500000 at 500 K",
            "Also a dielectric constant of 1.4+0.5i."
        ]
    );
    below(&text, "kiln-brick (ceramics ");
}

#[test]
fn the_temperature_can_be_set() {
    let text = cargo::stdout(matsim(&["--temperature", "300"]));
    assert_eq!(
        below(&text, "steel-plate ")[0],
        "A material with yield stress 62052815700000 at 300 K"
    );
}

#[test]
fn json_has_every_material() {
    let text = cargo::stdout(matsim(&["--json"]));
    let json: Value = serde_json::from_str(&text).unwrap();
    let materials = json.as_array().unwrap();
    let mut names: Vec<_> = materials
        .iter()
        .map(|material| material["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "alumina",
            "brass-plate",
            "copper",
            "gold",
            "kiln-brick",
            "silver",
            "steel-plate"
        ]
    );
    let steel = materials
        .iter()
        .find(|material| material["name"] == "steel-plate")
        .unwrap();
    assert_eq!(steel["package"], "metals");
    assert_eq!(steel["dielectric_constant"]["re"], 2.7);
}

#[test]
fn bad_arguments_are_explained() {
    for (arguments, explanation) in [
        (
            ["--temperature", "minus"].as_slice(),
            "a temperature is a number of kelvins",
        ),
        (&["--temperature", "-3"], "0 or more"),
        (
            &["--temperature"],
            "a value is required for '--temperature <K>'",
        ),
        (&["--frobnicate"], "unexpected argument '--frobnicate'"),
    ] {
        let output = matsim(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert!(errors.contains(explanation), "{arguments:?}: {errors}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}
