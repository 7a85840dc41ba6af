//! That a program which only walks its plugins does not carry what finds them.

use std::fs;

use object::{Object as _, ObjectSymbol as _, SymbolKind};

use crate::cargo;

/// Words of which one is in each symbol that a search brings along.
const SEARCH: [&str; 5] = [
    "plugin_core..find",
    "plugin_core4find",
    "6sorted",
    "nearest",
    "foldhash",
];

/// The words that are part of a symbol of the program.
fn found(program: &str) -> Vec<&'static str> {
    let target = cargo::target();
    let mut build = cargo::once(&target);
    build.current_dir(cargo::workspace());
    build.env("CARGO_PROFILE_RELEASE_STRIP", "none");
    build.args(["build", "--release", "--package", "plugin-tests"]);
    build.args(["--bin", program]);
    cargo::stdout(build.output().unwrap());
    let bytes = fs::read(target.join("release").join(program)).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let names: Vec<_> = file
        .symbols()
        // The linker keeps the names of files of which it keeps nothing else.
        .filter(|symbol| symbol.kind() != SymbolKind::File)
        .filter_map(|symbol| symbol.name().ok())
        .collect();
    // Without symbols there would be nothing to find in either program.
    assert!(
        names.iter().any(|name| name.contains(program)),
        "no symbols"
    );
    let has = |word: &&str| names.iter().any(|name| name.contains(word));
    SEARCH.into_iter().filter(has).collect()
}

#[test]
fn a_program_that_only_walks_carries_no_search() {
    assert_eq!(found("walks"), [""; 0]);
}

#[test]
fn a_program_that_searches_carries_it() {
    let found = found("searches");
    assert!(found.contains(&"plugin_core4find"), "{found:?}");
    assert!(found.contains(&"nearest"), "{found:?}");
}
