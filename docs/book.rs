//! What the book says beside its Rust listings, which are doctests: manifests, excerpts, and messages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Table;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of the chapters, below `docs/src`, and their texts.
fn chapters() -> Vec<(String, String)> {
    let summary = read("docs/src/SUMMARY.md");
    let paths = summary.split("](").skip(1);
    paths
        .map(|rest| {
            let path = rest.split(')').next().unwrap().to_owned();
            let text = read(&format!("docs/src/{path}"));
            (path, text)
        })
        .collect()
}

/// The listings of a language: `rust,ignore`, say.
fn listings<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let mut parts = text.split("\n```").skip(1);
    let mut listings = Vec::new();
    while let (Some(listing), Some(_prose)) = (parts.next(), parts.next()) {
        let (first, listing) = listing.split_once('\n').unwrap();
        if first == language {
            listings.push(listing);
        }
    }
    listings
}

#[test]
fn every_chapter_is_in_the_summary_and_every_listing_is_a_doctest() {
    let chapters = chapters();
    let library = read("docs/lib.rs");
    for (path, text) in &chapters {
        let is_tested = library.contains(&format!("\"{path}\""));
        assert_eq!(is_tested, text.contains("\n```rust\n"), "{path}");
    }
    let mut files = BTreeSet::new();
    let mut directories = vec![root().join("docs/src")];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.insert(path);
            }
        }
    }
    assert_eq!(files.len(), chapters.len() + 1);
}

/// What is not a doctest, since a drop-in is no program, is a part of a drop-in.
#[test]
fn excerpts_are_in_the_files_that_they_name() {
    let mut count = 0;
    for (path, text) in chapters() {
        for listing in listings(&text, "rust,ignore") {
            let (file, excerpt) = listing.split_once('\n').unwrap();
            let source = read(file.strip_prefix("// ").unwrap());
            for part in excerpt.split("\n// …\n") {
                assert!(source.contains(part.trim()), "{path}: {part}");
            }
            count += 1;
        }
    }
    assert!(count > 0);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(rename = "package")]
    _package: Option<Package>,
    #[serde(rename = "lib")]
    _lib: Option<Lib>,
    #[serde(default)]
    dependencies: Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "version")]
    _version: IgnoredAny,
    #[serde(rename = "edition")]
    _edition: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Lib {
    #[serde(rename = "crate-type")]
    _crate_type: [String; 1],
}

#[test]
fn manifests_name_versions_and_features_that_there_are() {
    let mut count = 0;
    for (path, text) in chapters() {
        for listing in listings(&text, "toml") {
            // The program's own tests read its configuration.
            if listing.starts_with("# squeeze.toml\n") {
                continue;
            }
            let manifest: Manifest =
                toml::from_str(listing).unwrap_or_else(|error| panic!("{path}: {error}"));
            for (name, dependency) in &manifest.dependencies {
                if let "plugin-core" | "plugin-loader" = &**name {
                    check_dependency(name, dependency);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 0);
}

fn check_dependency(name: &str, dependency: &toml::Value) {
    let version = dependency.get("version").unwrap_or(dependency);
    assert!(
        env!("CARGO_PKG_VERSION").starts_with(version.as_str().unwrap()),
        "{dependency}"
    );
    let manifest: Table = toml::from_str(&read(&format!("{name}/Cargo.toml"))).unwrap();
    let features = dependency.get("features").and_then(|list| list.as_array());
    for feature in features.into_iter().flatten() {
        let feature = feature.as_str().unwrap();
        assert!(manifest["features"].get(feature).is_some(), "{feature}");
    }
}

/// The messages that the book explains. A part that differs is `…`.
fn explained() -> Vec<String> {
    let chapters = chapters().into_iter();
    let errors = chapters.filter(|(path, _)| path.starts_with("errors/"));
    let mut explained = Vec::new();
    for (_, text) in errors {
        let messages = listings(&text, "text");
        explained.extend(
            messages
                .iter()
                .flat_map(|box_| box_.lines())
                .map(str::to_owned),
        );
    }
    explained
}

/// That of a line such as `error[E0277]: …`.
fn message(line: &str) -> Option<&str> {
    let (start, message) = line.split_once(": ")?;
    let is_error = start == "error" || start.starts_with("error[E");
    is_error.then_some(message.trim_start_matches("evaluation panicked: "))
}

fn is_like(message: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = message.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    for part in parts {
        // The last one ends the message.
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = if part.is_empty() {
            ""
        } else {
            &rest[at + part.len()..]
        };
    }
    rest.is_empty()
}

#[test]
fn every_message_of_the_macros_is_explained() {
    let explained = explained();
    let mut count = 0;
    for entry in fs::read_dir(root().join("tests/ui")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "stderr")
        {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some(message) = message(line) else {
                continue;
            };
            let is_explained = explained.iter().any(|pattern| is_like(message, pattern));
            assert!(is_explained, "{}: {message}", path.display());
            count += 1;
        }
    }
    assert!(count > 100);
}

/// Those of the linker and of running programs, which no golden has, are in the sources.
#[test]
fn every_message_that_is_explained_exists() {
    let mut sources = String::new();
    let mut directories = ["plugin-core/src", "plugin-macros/src", "tests/ui"]
        .map(|path| root().join(path))
        .to_vec();
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else {
                let text = fs::read_to_string(path).unwrap();
                let lines = text.split("\\\n").map(str::trim_start);
                sources.extend(lines);
            }
        }
    }
    for pattern in explained() {
        for part in pattern.split('…') {
            assert!(sources.contains(part), "{pattern}");
        }
    }
}

#[test]
fn every_reason_not_to_use_a_file_is_explained() {
    let source = read("plugin-loader/src/library/refusal.rs");
    let (_, source) = source.split_once("pub enum Refusal {\n").unwrap();
    let (variants, _) = source.split_once("\n}\n").unwrap();
    let chapter = read("docs/src/errors/dropins.md");
    let mut count = 0;
    for line in variants.lines() {
        let line = line.strip_prefix("    ").unwrap_or_default();
        if line.starts_with(char::is_uppercase) {
            let name = line.trim_end_matches([' ', '{', ',']);
            assert!(chapter.contains(&format!("`{name}`")), "{name}");
            count += 1;
        }
    }
    assert!(count > 40);
}

#[test]
fn every_finding_is_explained() {
    let source = read("plugin-core/src/catalog/finding.rs");
    let (_, source) = source.split_once("pub enum Finding {\n").unwrap();
    let (variants, _) = source.split_once("\n}\n").unwrap();
    let chapter = read("docs/src/errors/lookup.md");
    for line in variants.lines() {
        let line = line.strip_prefix("    ").unwrap_or_default();
        if line.starts_with(char::is_uppercase) {
            let name = line.trim_end_matches([' ', '{', ',']);
            assert!(chapter.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
