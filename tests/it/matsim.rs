//! The example, as its user sees it.

use std::env::consts::{DLL_EXTENSION, DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::cargo;

fn matsim(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).output().unwrap()
}

fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut messages = build("matsim").into_iter();
        let program = messages.find_map(|message| Some(message["executable"].as_str()?.to_owned()));
        program.unwrap()
    })
}

/// The drop-in.
fn glass() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let is_it = |file: &Value| {
            let path = PathBuf::from(file.as_str()?);
            path.extension()
                .is_some_and(|suffix| suffix == DLL_EXTENSION)
                .then_some(path)
        };
        let mut messages = build("glass").into_iter();
        let library = messages.find_map(|message| {
            (message["target"]["name"] == "glass").then_some(())?;
            message["filenames"].as_array()?.iter().find_map(is_it)
        });
        library.unwrap()
    })
}

/// Builds a package, as these tests were built; what Cargo says of it.
fn build(package: &str) -> Vec<Value> {
    // The directory of the build that these tests are part of.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut build = cargo::command(target);
    build.current_dir(cargo::workspace());
    build.args(["build", "--package", package, "--message-format", "json"]);
    let messages = cargo::stdout(build.output().unwrap());
    let messages = messages.lines();
    messages
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// An empty directory for drop-ins.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir(&path).unwrap();
    path
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

#[test]
fn a_library_in_a_directory_brings_materials() {
    let directory = directory("matsim-list");
    fs::copy(glass(), directory.join(format!("glass{DLL_SUFFIX}"))).unwrap();
    let path = directory.to_str().unwrap();
    let text = cargo::stdout(matsim(&["--plugin-path", path]));
    assert_eq!(
        below(&text, "crown-glass (glass "),
        [
            "A material with yield stress 50000000 at 500 K",
            "Also a dielectric constant of 2.30068224+0i."
        ]
    );
    below(&text, "steel-plate (metals ");
    let why = cargo::stdout(matsim(&["--plugin-path", path, "--why", "flint-glass"]));
    assert!(
        why.starts_with("`flint-glass` is here: flint-glass (glass 0.1.0, "),
        "{why}"
    );
}

#[test]
fn a_material_in_a_directory_is_chosen_by_its_name() {
    let directory = directory("matsim-chosen");
    fs::copy(glass(), directory.join(format!("glass{DLL_SUFFIX}"))).unwrap();
    let path = directory.to_str().unwrap();
    let config = directory.join("materials.toml");
    fs::write(&config, "materials = [\"copper\", \"fused-silica\"]").unwrap();
    let chosen = [
        "--plugin-path",
        path,
        "--material",
        "crown-glass",
        "--config",
        config.to_str().unwrap(),
    ];
    let text = cargo::stdout(matsim(&chosen));
    for name in [
        "crown-glass (glass ",
        "copper (metals ",
        "fused-silica (glass ",
    ] {
        below(&text, name);
    }
    assert!(!text.contains("flint-glass"), "{text}");
    let output = matsim(&["--plugin-path", path, "--material", "crown-grass"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("`crown-glass`"), "{errors}");
}

#[test]
fn a_library_that_is_not_signed_is_not_used_where_signatures_are_asked_for() {
    let directory = directory("matsim-signed");
    let library = directory.join(format!("glass{DLL_SUFFIX}"));
    fs::copy(glass(), &library).unwrap();
    let keys = directory.join("keys.pub");
    // Its secret half is not needed for this.
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    fs::write(&keys, key).unwrap();
    let [path, keys] = [&directory, &keys].map(|path| path.to_str().unwrap());
    let signed = ["--plugin-path", path, "--signed", keys];
    let asked = |arguments: &[&str]| matsim(&[&signed, arguments].concat());
    let reason = format!("{}: it is not signed: ", library.display());

    let all = asked(&[]);
    let errors = String::from_utf8_lossy(&all.stderr).into_owned();
    assert!(
        errors.starts_with(&format!("matsim: not used: {reason}")),
        "{errors}"
    );
    let text = cargo::stdout(all);
    assert!(text.contains("steel-plate") && !text.contains("crown-glass"));

    let one = asked(&["--material", "crown-glass"]);
    assert!(!one.status.success());
    let why = asked(&["--why", "crown-glass"]);
    assert!(!why.status.success());
    let why = String::from_utf8(why.stdout).unwrap();
    assert!(why.contains(&reason), "{why}");

    let missing = matsim(&["--plugin-path", path, "--signed", path]);
    let errors = String::from_utf8(missing.stderr).unwrap();
    let start = format!("matsim: `{path}` cannot be read: ");
    assert!(errors.starts_with(&start), "{errors}");
}

#[test]
fn a_material_that_panics_takes_no_other_one_with_it() {
    let directory = directory("matsim-bursting");
    // Elsewhere, since the other tests copy the library without the feature.
    let target = cargo::target();
    let mut build = cargo::command(&target);
    build.current_dir(cargo::workspace());
    let bursting = ["build", "--package", "glass", "--features", "bursting"];
    cargo::stdout(build.args(bursting).output().unwrap());
    let file = format!("{DLL_PREFIX}glass{DLL_SUFFIX}");
    fs::copy(target.join("debug").join(&file), directory.join(&file)).unwrap();
    let output = matsim(&["--plugin-path", directory.to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(
        errors.contains("plugin `ruperts-drop` (glass 0.1.0, "),
        "{errors}"
    );
    assert!(errors.contains("glass/src/lib.rs:"), "{errors}");
    assert!(errors.contains(": it has burst"), "{errors}");
    let text = cargo::stdout(output);
    assert_eq!(
        below(&text, "ruperts-drop (glass ")[0],
        "A material of which nothing can be computed."
    );
    below(&text, "steel-plate (metals ");
    below(&text, "flint-glass (glass ");
}

#[test]
fn a_file_that_is_not_used_is_named_with_the_reason() {
    let directory = directory("matsim-unused");
    fs::create_dir(directory.join(format!("folder{DLL_SUFFIX}"))).unwrap();
    let path = directory.to_str().unwrap();
    let output = matsim(&["--plugin-path", path]);
    let errors = String::from_utf8_lossy(&output.stderr);
    let expected = format!("folder{DLL_SUFFIX}: it is not a regular file\n");
    assert!(errors.ends_with(&expected), "{errors}");
    let why = matsim(&["--plugin-path", path, "--why", "crown-glass"]);
    assert!(!why.status.success());
    let why = String::from_utf8(why.stdout).unwrap();
    assert!(why.contains(expected.trim_end()), "{why}");
}

#[test]
fn a_watched_directory_shows_what_appears_and_what_vanishes() {
    let directory = directory("matsim-watch");
    let mut matsim = Command::new(program());
    matsim.arg("--watch").arg("--plugin-path").arg(&directory);
    let mut matsim = matsim.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(matsim.stdout.take().unwrap()).lines();
    let mut wait_for = |start: &str| {
        let found = lines.find(|line| line.as_ref().unwrap().starts_with(start));
        assert!(found.is_some(), "no line {start:?}");
    };
    wait_for("kiln-brick (ceramics ");
    let path = directory.join(format!("glass{DLL_SUFFIX}"));
    let other = directory.join("glass.part");
    fs::copy(glass(), &other).unwrap();
    fs::rename(other, &path).unwrap();
    wait_for(&format!("added {}: crown-glass, ", path.display()));
    wait_for("fused-silica (glass ");
    fs::remove_file(&path).unwrap();
    wait_for(&format!("removed {}", path.display()));
    matsim.kill().unwrap();
    matsim.wait().unwrap();
}
