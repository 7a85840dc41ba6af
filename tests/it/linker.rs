//! What a linker refuses, where it reads the plugins of an interface from its own symbols.
#![cfg(target_os = "linux")]

use std::sync::OnceLock;

use crate::cargo::Outside;

fn outside() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("slots"))
}

#[test]
fn a_program_with_one_of_two_interfaces_runs() {
    assert_eq!(outside().stdout(&["run", "--package", "program"]), "0\n");
}

#[test]
fn two_interfaces_of_one_slot_are_not_linked() {
    assert_not_linked("dev");
}

mod long {
    use super::*;

    #[test]
    #[ignore = "long: compiles all again, optimized"]
    fn two_interfaces_of_one_slot_are_not_linked_when_optimized() {
        assert_not_linked("release");
    }
}

fn assert_not_linked(profile: &str) {
    let arguments = ["build", "--features", "both", "--profile", profile];
    let errors = outside().stderr(&arguments);
    let symbol = "two_interfaces_have_the_slot_SHARED__give_one_of_them_another";
    assert!(errors.contains(symbol), "{errors}");
}

/// A program without the interface's section would find no plugin, and not know why.
#[test]
fn an_interface_that_the_linker_throws_away_is_an_error() {
    let mut build = outside().command(&["build", "--package", "program"]);
    let output = build.env("DISCARD", "plugins_SHARED").output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{errors}");
    assert!(errors.contains("__start_plugins_SHARED"), "{errors}");
}
