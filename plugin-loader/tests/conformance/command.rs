//! The command `dropin`, as its user sees it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

use crate::libraries::{command, extra, testplugin};
use crate::world::{Mode, World, drop_in};

fn dropin(arguments: &[&str], path: &Path) -> Output {
    static PROGRAM: LazyLock<std::path::PathBuf> = LazyLock::new(command);
    Command::new(&*PROGRAM)
        .args(arguments)
        .arg(path)
        .output()
        .unwrap()
}

fn text(output: &Output, status: i32) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{errors}");
    assert_eq!(
        errors, "",
        "there is no progress where there is no terminal"
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output, status: i32) -> Value {
    serde_json::from_str(&text(output, status)).unwrap()
}

#[test]
fn list_shows_libraries_and_what_is_not_used() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "testplugin.so", testplugin());
    let listed = text(&dropin(&["list"], &directory), 0);
    let start = format!("{}\n  TestPlugin (testplugin 0.1.0, ", path.display());
    assert!(listed.starts_with(&start), "{listed}");
    assert_eq!(listed.lines().count(), 4, "{listed}");

    drop_in(&directory, "text.so", b"not a library");
    let listed = text(&dropin(&["list"], &directory), 1);
    let end = format!(
        "not used: {}/text.so: it is not a shared library\n",
        directory.display()
    );
    assert!(listed.ends_with(&end), "{listed}");
    let listed = json(&dropin(&["list", "--json"], &directory), 1);
    assert_eq!(listed["libraries"][0]["path"], path.to_str().unwrap());
    let manifest = &listed["libraries"][0]["manifest"];
    assert_eq!(manifest["plugins"][0]["name"], "TestPlugin");
    assert_eq!(listed["version"], 1);
    assert_eq!(
        listed["unused"][0]["refusal"],
        serde_json::json!({
            "code": "not-a-library",
            "values": {},
            "message": "it is not a shared library",
        })
    );
    assert_eq!(text(&dropin(&["list", "--quiet"], &directory), 1), "");
    assert_eq!(
        fs::read_dir(&directory).unwrap().count(),
        2,
        "nothing is written"
    );
}

#[test]
fn list_waits_for_a_file_that_was_written_a_moment_ago() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    fs::write(directory.join("text.so"), "not a library").unwrap();
    let listed = text(&dropin(&["list"], &directory), 1);
    assert!(
        listed.ends_with("text.so: it is not a shared library\n"),
        "{listed}"
    );
}

#[test]
fn check_shows_both_values_of_each_check() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "pluginextra.so", &extra(400));
    let checked = text(&dropin(&["check"], &path), 0);
    let path_line = format!("{}\n", path.display());
    assert!(checked.starts_with(&path_line), "{checked}");
    assert_eq!(checked.matches("\nok ").count(), 7, "{checked}");
    assert!(
        checked.contains("extra-000400 (pluginextra 0.1.0, "),
        "{checked}"
    );

    // Nothing else of a library says how it panics.
    let other = crate::libraries::replaced(&extra(400), b"unwind", b"abort!");
    let path = drop_in(&directory, "other.so", &other);
    let checked = json(&dropin(&["check", "--json"], &path), 1);
    assert_eq!(checked["host"], Value::Null);
    let checked = &checked["files"][0];
    assert_eq!(checked["is_usable"], false);
    let checks = checked["checks"].as_array().unwrap();
    let refused: Vec<_> = checks
        .iter()
        .filter(|check| !check["refusal"].is_null())
        .collect();
    let [refused] = refused[..] else {
        panic!("{checked:#}");
    };
    assert_eq!(refused["what"], "panic");
    assert_eq!(
        [&refused["library"], &refused["host"]],
        ["abort!", "unwind"]
    );
    assert_eq!(
        refused["refusal"],
        serde_json::json!({
            "code": "panic",
            "values": { "library": "abort!", "host": "unwind" },
            "message": "it was built with `panic = \"abort!\"`, and this program with `panic = \"unwind\"`\n\
                        help: rebuild the plugin with `panic = \"unwind\"` in its profile",
        })
    );
    let text = text(&dropin(&["check"], &path), 1);
    let line = "refused panic     abort!; wanted: unwind\n";
    assert!(text.contains(line), "{text}");

    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    let checked = json(&dropin(&["check", "--json"], &path), 1);
    assert_eq!(
        checked["files"][0]["checks"].as_array().unwrap().len(),
        1,
        "{checked:#}"
    );
}

#[test]
fn refresh_writes_a_cache_and_whoever_cannot_is_told() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    drop_in(&directory, "pluginextra.so", &extra(401));
    text(&dropin(&["refresh"], &directory), 0);
    let cache = fs::read_to_string(directory.join("dropin.cache")).unwrap();
    assert_eq!(cache.lines().count(), 3, "{cache}");
    fs::remove_file(directory.join("dropin.cache")).unwrap();
    fs::create_dir_all(directory.join("dropin.cache/full")).unwrap();
    let output = dropin(&["refresh"], &directory);
    assert_eq!(output.status.code(), Some(2));
    let missing = dropin(&["list", "--json"], &world.path("missing"));
    let failed: Value = serde_json::from_slice(&missing.stdout).unwrap();
    assert_eq!(failed["version"], 1);
    assert_eq!(failed["error"]["code"], "io");
    assert_eq!(missing.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&missing.stderr);
    assert!(
        errors.contains("missing`: No such file or directory"),
        "{errors}"
    );
}
