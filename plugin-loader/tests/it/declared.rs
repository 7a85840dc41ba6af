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
            "help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml, and move code that others link \
             into a crate of its own",
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
fn the_unit_tests_of_a_drop_in_run() {
    let printed = fixtures().build(&["test", "--package", "alloy"]);
    assert!(printed.contains("1 passed"), "{printed}");
}
