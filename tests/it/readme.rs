//! The packages of the README, built as they are written there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::cargo::{Outside, read, workspace, write};

/// The lines between two fences: after the first one its language, and in some the name of a file, as a comment.
struct Listing {
    language: String,
    file: Option<String>,
    text: String,
}

fn listings() -> Vec<Listing> {
    let readme = read(&workspace().join("README.md"));
    let mut parts = readme.split("\n```");
    parts.next();
    let mut listings = Vec::new();
    while let (Some(listing), Some(_prose)) = (parts.next(), parts.next()) {
        let (language, text) = listing.split_once('\n').unwrap();
        let first = text.lines().next().unwrap();
        let file = first
            .strip_prefix("# ")
            .or_else(|| first.strip_prefix("// "));
        listings.push(Listing {
            language: language.to_owned(),
            file: file.map(str::to_owned),
            text: format!("{text}\n"),
        });
    }
    listings
}

fn texts(language: &str) -> Vec<String> {
    let listings = listings().into_iter();
    let listings = listings.filter(|listing| listing.language == language);
    listings.map(|listing| listing.text).collect()
}

fn packages() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::with("readme", write_packages))
}

fn write_packages(directory: &Path) {
    for Listing { file, mut text, .. } in listings() {
        let Some(file) = file else {
            continue;
        };
        if let Some(package) = file.strip_suffix("/Cargo.toml") {
            // As `cargo new` writes it.
            let start = format!(
                "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n"
            );
            text.insert_str(0, &start);
        }
        let path = directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        write(&path, &text);
    }
}

#[test]
fn the_three_crates_print_what_the_readme_says() {
    let printed = packages().stdout(&["run", "--package", "matsim"]);
    assert_eq!(printed, texts("text")[0]);
}

#[test]
fn the_configuration_is_read_and_a_slip_in_it_is_pointed_at() {
    let packages = packages();
    let directory = packages.path().join("darkroom");
    let run = |directory: &Path| -> (String, String) {
        let mut cargo: Command = packages.command(&["run", "--package", "darkroom"]);
        let output = cargo.current_dir(directory).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (printed, errors) = run(&directory);
    assert_eq!(printed, "207\n", "{errors}");

    let slip = packages.path().join("slip");
    fs::create_dir_all(&slip).unwrap();
    let right = read(&directory.join("darkroom.toml"));
    let wrong = right.replace(" by = 7", " bye = 7");
    write(&slip.join("darkroom.toml"), &wrong);
    let (printed, errors) = run(&slip);
    assert_eq!(printed, "");
    assert!(errors.ends_with(&texts("text")[1]), "{errors}");
}

#[test]
fn the_commands_that_the_workflow_runs_are_in_the_readme() {
    let commands = texts("sh");
    let script = read(&workspace().join(".ci/run"));
    for command in ["cargo run -p matsim\n", "cargo test --workspace\n"] {
        assert!(commands.iter().any(|text| text == command), "{command}");
        assert!(script.contains(&format!("step {command}")), "{command}");
    }
}
