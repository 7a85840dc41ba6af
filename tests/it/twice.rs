//! Programs in which a crate, or plugin-core itself, is twice: what they are told.

use std::path::Path;
use std::sync::OnceLock;

use plugin_core::Finding;

use crate::cargo::{Outside, copy, read, workspace, write};

fn twice() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("twice"))
}

#[test]
fn unit_tests_with_a_plugin_of_their_own_crate_as_a_library_are_told() {
    let printed = twice().stdout(&["test", "--package", "engine", "--lib", "--", "--nocapture"]);
    assert!(printed.contains("3 passed"), "{printed}");
    let note = |name, line| {
        format!(
            "`engine::{name}` is in this program 2 times, and a plugin of one is not a plugin of the others:\n  \
             engine::{name} (engine 0.3.0, engine/src/lib.rs:{line}): ADD\n  \
             engine::{name} (engine 0.3.0, engine/src/lib.rs:{line}, compiled for tests): no plugins\n\
             help: these are unit tests of `engine`, and a dependency links `engine` as a library; \
             move the tests that need its plugins to `tests/`"
        )
    };
    let (step, command) = (note("IStep", 4), note("ICommand", 8));
    for text in [
        format!(
            "`IStep` has no plugin `ADD`; it is a plugin of `engine::ICommand` and another `engine::IStep`\n\
             there is none\nnote: {step}\n\n"
        ),
        format!("`IStep` has no plugin, and one is needed\nnote: {step}\n\n"),
        format!("unknown command `ADD`\nthere is none\nnote: {command}\n\n"),
        format!("  interfaces: engine::IStep, engine::ICommand\nnote: {command}\nnote: {step}\n\n"),
        format!("\n{command}\n\n{step}\n\n"),
    ] {
        assert!(printed.contains(&text), "{text}\n---\n{printed}");
    }
    assert!(!printed.contains("IUnused` is in"), "{printed}");
}

#[test]
fn a_program_with_a_module_of_its_library_is_told() {
    let printed = twice().stdout(&["run", "--package", "modules"]);
    assert_eq!(
        printed,
        // It has a plugin of its own, and the other one is called the same: nothing explains the miss.
        "`IStep` has no plugin `SUB`\nthere is: ADD\n\
         `modules::steps::IStep` is in this program 2 times, and a plugin of one is not a plugin of the others:\n  \
         modules::steps::IStep (modules 0.1.0, modules/src/steps.rs:4): ADD\n  \
         tool::steps::IStep (modules 0.1.0, modules/src/steps.rs:4): ADD\n\
         help: two crates of `modules` have this module, such as `main.rs` and `lib.rs`; \
         declare it in `lib.rs` alone, and `use` it in the other\n"
    );
}

fn cores() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::with("cores", second_core))
}

/// A copy of plugin-core, as a vendored one would be.
fn second_core(directory: &Path) {
    let core = workspace().join("plugin-core");
    copy(&core.join("src"), &directory.join("plugin-core/src"));
    let readme = read(&core.join("README.md"));
    write(&directory.join("plugin-core/README.md"), &readme);
    let macros = workspace().join("plugin-macros").display().to_string();
    let mut manifest = read(&core.join("Cargo.toml"));
    for (from, to) in [
        ("rust-version.workspace = true\n", ""),
        ("version.workspace = true", "version = \"0.1.7\""),
        ("edition.workspace = true", "edition = \"2024\""),
        ("license.workspace = true\n", ""),
        ("../plugin-macros", &macros.replace('\\', "/")),
        ("[lints]\nworkspace = true\n", ""),
    ] {
        assert!(manifest.contains(from), "{from}");
        manifest = manifest.replace(from, to);
    }
    write(&directory.join("plugin-core/Cargo.toml"), &manifest);
}

#[test]
#[cfg(target_os = "linux")]
fn copies_of_plugin_core_are_told_of_each_other() {
    assert_copies_are_told_of_each_other("dev");
}

#[cfg(target_os = "linux")]
mod long {
    #[test]
    #[ignore = "long: compiles all again, with LTO"]
    fn copies_of_plugin_core_are_told_of_each_other() {
        super::assert_copies_are_told_of_each_other("lto");
    }
}

#[cfg(target_os = "linux")]
fn assert_copies_are_told_of_each_other(profile: &str) {
    let run = ["run", "--package", "program", "--profile", profile];
    let output = cores().command(&run).output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    let core = crate::cargo::workspace().join("plugin-core");
    let path = format!("plugin-core 0.1.0 ({})", core.display());
    let copied = "plugin-core 0.1.7 (plugin-core)";
    let finding = |first: &str, second: &str| {
        format!(
            "plugin-core is in this program 2 times, and each copy sees only its own interfaces and plugins:\n  \
             {first}, which reports this\n  {second}\n\
             help: let all crates use one of them, with `[patch]` in the workspace's `Cargo.toml`; \
             `cargo tree --duplicates` shows the crates that depend on each\n"
        )
    };
    let (first, second) = (finding(&path, copied), finding(copied, &path));
    let expected = [
        format!(
            "1 plugins\n`ISquare` has no plugin `sphere of glass`\nthere is: square\nnote: {first}\n{first}\n"
        ),
        format!(
            "1 plugins\n`ICube` has no plugin `sphere of glass`\nthere is: cube\nnote: {second}\n{second}\n"
        ),
        format!(
            "`square` is here: square (program 0.1.0, program/src/main.rs:11)\n  id: program::SQUARE\n  \
             interfaces: plugin_core::IPlugin, program::ISquare\nnote: {first}\n"
        ),
        format!(
            "`cube` is not seen by this copy of plugin-core\n\
             packages that contribute: plugin-core 0.1.0, program 0.1.0\nnote: {first}"
        ),
    ];
    assert!(out.starts_with(&expected.concat()), "{out}\n{err}");
    assert!(err.contains(&first), "{err}");
    assert_eq!(output.status.code(), Some(101));
}

#[test]
fn versions_that_no_patch_unites_are_not_told_of_patches() {
    let copies = vec![("0.2.0", "/a"), ("", "/b")];
    let text = Finding::CoreTwice { copies }.to_string();
    assert_eq!(
        text,
        "plugin-core is in this program 2 times, and each copy sees only its own interfaces and plugins:\n  \
         plugin-core 0.2.0 (/a), which reports this\n  plugin-core (/b)\n\
         help: let all crates depend on one version; `cargo tree --duplicates` shows the crates that depend on each"
    );
}
