//! That a program whose plugins are linked in pays nothing for those that could be dropped in.

use std::fs;

use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

use crate::cargo;
use crate::fixtures::fixtures;

/// What a drop-in has, and a program has not.
struct Traces {
    sections: usize,
    symbols: Vec<String>,
}

fn traces(bytes: &[u8]) -> Traces {
    let file = object::File::parse(bytes).unwrap();
    let sections = file
        .sections()
        .filter(|section| section.name() == Ok(".dropin"))
        .count();
    let symbols = file
        .symbols()
        .chain(file.dynamic_symbols())
        .filter_map(|symbol| symbol.name().ok())
        // `plugin_core::dropin`, in both manglings, the entry, and what generated code declares.
        .filter(|name| name.contains("dropin") || name.contains("DROP_IN"))
        // These are in programs: a search asks whether a package is installed, and an interface for drop-ins has a token.
        .filter(|name| !name.contains("installed") && !name.contains("crossing"))
        .map(str::to_owned)
        .collect();
    Traces { sections, symbols }
}

#[test]
fn a_program_has_neither_section_nor_symbol_of_a_drop_in() {
    fixtures().build(&["build", "--release", "--package", "plain"]);
    let bytes = fs::read(cargo::target().join("release/plain")).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    // Without symbols, there would be nothing to find.
    let mut names = file.symbols().filter_map(|symbol| symbol.name().ok());
    assert!(names.any(|name| name.contains("plugin_core")));
    let Traces { sections, symbols } = traces(&bytes);
    assert_eq!(symbols, [""; 0]);
    assert_eq!(sections, 0);
}

#[test]
fn a_drop_in_has_both() {
    let bytes = fs::read(fixtures().library("alloy")).unwrap();
    let Traces { sections, symbols } = traces(&bytes);
    assert_eq!(sections, 1);
    // It is stripped, but for what it exports.
    assert_eq!(symbols, ["plugin_core_dropin_7"]);
}
