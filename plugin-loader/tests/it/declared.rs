//! What the macro says at compile time.

use crate::fixtures::fixtures;

/// The error, with its help, and the place.
fn error_of(package: &str) -> Vec<String> {
    let printed = fixtures().refused(&["check", "--package", package]);
    let error = printed
        .lines()
        .skip_while(|line| !line.starts_with("error"));
    error.take(3).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_drop_in_is_nothing_that_others_link_against() {
    assert_eq!(
        error_of("both"),
        [
            "error: a drop-in is a `cdylib` alone, and this crate is a `rlib` as well",
            "help: take `dropin!()` and `\"cdylib\"` out of this crate, and offer its plugins from a second \
             one, with `crate-type = [\"cdylib\"]` under `[lib]` in its Cargo.toml: `plugin_core::dropin!(both);`",
            "--> both/src.rs:3:1",
        ]
    );
}

#[test]
fn a_drop_in_is_no_program() {
    assert_eq!(
        error_of("program"),
        [
            "error: a drop-in is a `cdylib`, and this crate is a `bin`",
            "help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml",
            "--> program/src/main.rs:3:1",
        ]
    );
}

#[test]
fn a_drop_in_says_so_once() {
    assert_eq!(
        error_of("twice"),
        [
            "error: `dropin!()` is given twice",
            "help: write it once, in the crate root",
            "--> twice/src.rs:6:5",
        ]
    );
}

#[test]
fn a_drop_in_provides_what_it_may() {
    assert_eq!(
        error_of("unasked"),
        [
            "error[E0277]: `dyn ISecret` cannot be provided by a drop-in",
            "help: write `#[interface(dropin)]` above the interface",
            "--> unasked/src.rs:12:10",
        ]
    );
}

#[test]
fn a_drop_in_names_crates_of_which_it_can_offer_something() {
    let errors = |arguments: &[&str]| {
        let printed = fixtures().refused(arguments);
        let mut errors: Vec<String> = Vec::new();
        for line in printed.lines().map(str::trim) {
            let is_error = line.starts_with("error") && !line.starts_with("error: could not");
            if is_error || line.starts_with("help") || line.starts_with("--> misnamed") {
                errors.push(line.to_owned());
            }
        }
        errors
    };
    let nothing = |name: &str| format!("`{name}` has no plugin that a drop-in can offer");
    let help =
        "help: a plugin can be offered where each of its interfaces has `#[interface(dropin)]`";
    assert_eq!(
        errors(&["check", "--package", "misnamed"]),
        [
            "error: `silver` is not a dependency of this crate",
            "help: the dependencies are `imat`, `ores`, `plugin_core`, `secrets`",
            "--> misnamed/src.rs:8:5",
            &format!("error: {}", nothing("imat")),
            help,
            "--> misnamed/src.rs:5:5",
            &format!("error: {}", nothing("secrets")),
            help,
            "--> misnamed/src.rs:7:5",
        ]
    );
    // Here, only the compiler knows what the interfaces are.
    assert_eq!(
        errors(&["check", "--package", "misnamed", "--features", "noted"]),
        [
            &format!("error[E0080]: evaluation panicked: {}", nothing("secrets")),
            help,
            "--> misnamed/src.rs:12:28",
        ]
    );
}

#[test]
fn the_unit_tests_of_a_drop_in_run() {
    for package in ["alloy", "foundry"] {
        let printed = fixtures().build(&["test", "--package", package]);
        assert!(printed.contains("1 passed"), "{printed}");
    }
}
