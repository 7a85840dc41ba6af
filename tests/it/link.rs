//! That a dependency is linked in, however `Cargo.toml` lists it: packages of a workspace of their
//! own, in which no code names a plugin crate.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::cargo::{self, Outside};

fn outside() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("link"))
}

/// The ids after `TITLE: `, in the one line that begins so.
#[track_caller]
fn ids<'a>(printed: &'a str, title: &str) -> Vec<&'a str> {
    // A test runner may have begun the line.
    let title = format!("{title}: ");
    let mut lines = printed.lines().filter_map(|line| line.split_once(&title));
    let (_, ids) = lines.next().unwrap_or_else(|| panic!("{title}{printed}"));
    assert!(lines.next().is_none(), "twice: {title}{printed}");
    ids.split_whitespace().collect()
}

/// One after the other: each build puts its program in one place, from which it is then run.
fn program(arguments: &[&str]) -> String {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let run = ["run", "--package", "program"];
    outside().stdout(&[&run, arguments].concat())
}

/// What the program prints as most people build it.
fn built() -> Vec<&'static str> {
    static PRINTED: OnceLock<String> = OnceLock::new();
    ids(PRINTED.get_or_init(|| program(&[])), "binary")
}

fn all() -> Vec<&'static str> {
    let mut all = vec![
        "bare::PLUGIN",
        "bundled::PLUGIN",
        "inherited::PLUGIN",
        "plain::PLUGIN",
        "program::OWN",
        "renames::PLUGIN",
        "third_party::PLUGIN",
    ];
    if cfg!(unix) {
        all.push("unix::PLUGIN");
    }
    all
}

/// With the dependencies of tests.
fn all_in_tests() -> Vec<&'static str> {
    let mut all = all();
    all.push("development::PLUGIN");
    all.sort_unstable();
    all
}

#[test]
fn a_debug_build_has_every_dependency() {
    assert_eq!(built(), all());
}

mod long {
    use super::*;

    #[test]
    #[ignore = "long: each profile has everything compiled again"]
    fn a_release_build_has_every_dependency() {
        assert_eq!(ids(&program(&["--release"]), "binary"), all());
    }

    #[test]
    #[ignore = "long: each profile has everything compiled again"]
    fn a_build_with_fat_lto_has_every_dependency() {
        assert_eq!(ids(&program(&["--profile", "lto"]), "binary"), all());
    }
}

#[test]
fn a_crate_that_is_only_in_cargo_toml_is_found() {
    assert!(built().contains(&"plain::PLUGIN"));
}

#[test]
fn a_renamed_dependency_is_found() {
    assert!(built().contains(&"third_party::PLUGIN"));
}

#[test]
fn a_dependency_that_the_workspace_declares_is_found() {
    assert!(built().contains(&"inherited::PLUGIN"));
}

#[test]
fn a_dependency_without_the_standard_library_is_found() {
    assert!(built().contains(&"bare::PLUGIN"));
}

#[test]
fn a_dependency_is_found_on_its_target_alone() {
    assert_eq!(built().contains(&"unix::PLUGIN"), cfg!(unix));
    assert!(!built().contains(&"nowhere::PLUGIN"));
}

#[test]
fn a_bundle_brings_its_own_dependencies() {
    assert!(built().contains(&"bundled::PLUGIN"));
}

#[test]
fn a_plugin_crate_finds_plugin_core_by_another_name() {
    assert!(built().contains(&"renames::PLUGIN"));
}

#[test]
fn a_binary_has_the_plugins_of_its_own_library() {
    assert!(built().contains(&"program::OWN"));
}

#[test]
fn an_optional_dependency_is_found_with_its_feature_alone() {
    assert!(!built().contains(&"optional::PLUGIN"));
    let mut with = all();
    with.push("optional::PLUGIN");
    with.sort_unstable();
    assert_eq!(ids(&program(&["--features", "extra"]), "binary"), with);
}

#[test]
fn one_line_in_cargo_toml_adds_a_plugin() {
    outside();
    let growing = Outside::new("growing");
    let run = || growing.stdout(&["run"]);
    let manifest = growing.path().join("Cargo.toml");
    let before = cargo::read(&manifest);
    assert_eq!(ids(&run(), "growing"), ["plain::PLUGIN"]);

    let line = "second = { path = \"second\" }\n";
    cargo::write(&manifest, &format!("{before}{line}"));
    assert_eq!(ids(&run(), "growing"), ["plain::PLUGIN", "second::PLUGIN"]);

    cargo::write(&manifest, &before);
    assert_eq!(ids(&run(), "growing"), ["plain::PLUGIN"]);
}

#[test]
fn the_dependencies_that_are_named_are_linked_alone() {
    let printed = program(&["--no-default-features", "--features", "link-one"]);
    assert_eq!(ids(&printed, "binary"), ["plain::PLUGIN"]);
}

#[test]
fn a_program_that_links_nothing_says_what_to_write() {
    let why = program(&["--no-default-features", "--", "plain"]);
    assert!(why.starts_with("`plain` is not in this program"), "{why}");
    let nobody = "\nno crate of this program uses `link_plugins!()`, \
                  so a crate that is only in `Cargo.toml` is not linked\n";
    assert!(why.contains(nobody), "{why}");
    let help = "\nhelp: write `plugin_core::link_plugins!();` in the crate root of the program, or use the macro of the crate \
                that re-exports plugin-core\n";
    assert!(why.ends_with(help), "{why}");
}

#[test]
fn a_dependency_without_plugins_is_named_as_such() {
    assert_eq!(
        program(&["--", "quiet"]),
        "`quiet` is linked, and declares no plugin in this build\n\
         help: enable the feature that its plugins need, or check their `#[cfg]`\n"
    );
    let why = program(&["--", "nobody"]);
    let silent = why
        .lines()
        .find_map(|line| line.strip_prefix("linked in, without plugins: "));
    let silent: Vec<_> = silent.expect(&why).split(", ").collect();
    assert!(silent.contains(&"quiet"), "{why}");
    assert!(!silent.contains(&"plain"), "{why}");
    // It is part of the build, and not of the program.
    assert!(!silent.contains(&"tools"), "{why}");
    // It is there for the macros' sake.
    assert!(!silent.contains(&"plugin_core"), "{why}");
}

#[test]
fn a_dependency_that_is_not_there_is_asked_for() {
    let why = program(&["--", "optional"]);
    let help = "help: if a dependency of `program 7.8.9` should declare it, add that crate (`cargo add`), \
                or enable it (`--features`)\n";
    assert!(why.contains(help), "{why}");
}

#[test]
fn a_dependency_of_another_target_cannot_be_named() {
    let features = ["--no-default-features", "--features", "link-nowhere"];
    let check = ["check", "--package", "program", "--bin", "program"];
    let errors = outside().stderr(&[&check[..], &features].concat());
    let error = "error: `nowhere` is not a dependency of this crate\n";
    assert!(errors.contains(error), "{errors}");
    let help = errors.lines().find_map(|line| {
        line.trim_start()
            .strip_prefix("help: the dependencies are ")
    });
    let dependencies: Vec<_> = help.expect(&errors).split(", ").collect();
    for name in ["`other`", "`plain`", "`program`", "`quiet`"] {
        assert!(dependencies.contains(&name), "{errors}");
    }
    for name in ["`development`", "`optional`", "`third_party`", "`tools`"] {
        assert!(!dependencies.contains(&name), "{errors}");
    }
}

#[test]
fn tests_have_the_dependencies_of_tests_too() {
    let test = ["test", "--package", "program", "--", "--nocapture"];
    let printed = outside().stdout(&test);
    assert_eq!(ids(&printed, "unit test of the library"), all_in_tests());
    assert_eq!(ids(&printed, "unit test of the binary"), all_in_tests());
    assert_eq!(ids(&printed, "integration test"), all_in_tests());
    assert_eq!(ids(&printed, "example"), all_in_tests());
    assert_eq!(ids(&printed, "bench"), all_in_tests());
    // The one that prints nothing is the doctest, which asserts.
    assert_eq!(printed.matches("test result: ok. 1 passed;").count(), 4);
    assert!(!built().contains(&"development::PLUGIN"));
}

#[test]
fn nextest_has_the_dependencies_of_tests_too() {
    let version = cargo::command(outside().path())
        .args(["nextest", "--version"])
        .output();
    if !version.is_ok_and(|output| output.status.success()) {
        println!("skipped: cargo-nextest is not installed");
        return;
    }
    let run = ["nextest", "run", "--package", "program"];
    let targets = ["--lib", "--bins", "--test", "test", "--no-capture"];
    let printed = outside().stdout(&[&run[..], &targets].concat());
    assert_eq!(ids(&printed, "unit test of the library"), all_in_tests());
    assert_eq!(ids(&printed, "unit test of the binary"), all_in_tests());
    assert_eq!(ids(&printed, "integration test"), all_in_tests());
}
