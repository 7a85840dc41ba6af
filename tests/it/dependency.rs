//! Crates that know the framework only through another crate.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::cargo;

/// Checks a crate that depends on `framework` alone, which re-exports `plugin_core`.
fn check(source: &str) -> Output {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dependency");
    let core = cargo::workspace().join("plugin-core");
    let package = |name: &str, dependencies: &str| {
        format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n"
        )
    };
    let core = format!("plugin-core = {{ path = {:?} }}", core.display());
    let files = [
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n",
        ),
        ("framework/Cargo.toml", &package("framework", &core)),
        ("framework/src/lib.rs", "pub use plugin_core;"),
        (
            "third/Cargo.toml",
            &package("third", "framework = { path = \"../framework\" }"),
        ),
        ("third/src/lib.rs", source),
    ];
    for (path, text) in files {
        let path = workspace.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    // The versions that are here already: nothing is to be downloaded.
    fs::copy(
        cargo::workspace().join("Cargo.lock"),
        workspace.join("Cargo.lock"),
    )
    .unwrap();
    let mut check = cargo::once(&cargo::target());
    check
        .current_dir(&workspace)
        .args(["check", "--package", "third"])
        .output()
        .unwrap()
}

// One test: Cargo would let the second one wait for the first.
#[test]
fn a_crate_says_where_the_framework_is_re_exported() {
    let silent = check(
        "#[framework::plugin_core::interface]\n\
         pub trait IShape {}\n\
         impl IShape for u8 {}\n\
         #[framework::plugin_core::plugin(IShape)]\n\
         static ONE: u8 = 1;\n",
    );
    let errors = String::from_utf8_lossy(&silent.stderr);
    assert!(!silent.status.success());
    let reported: Vec<_> = errors
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    let missing = "error: this crate does not depend on `plugin-core`";
    let last = "error: could not compile `third` (lib) due to 1 previous error";
    assert_eq!(reported, [missing, last]);
    assert!(errors.contains("help: `cargo add plugin-core`"), "{errors}");

    let told = check(
        "use framework::plugin_core;\n\
         #[plugin_core::interface(crate = framework::plugin_core)]\n\
         pub trait IShape {}\n\
         impl IShape for u8 {}\n\
         #[plugin_core::plugin(IShape, crate = plugin_core)]\n\
         static ONE: u8 = 1;\n",
    );
    cargo::stdout(told);
}
