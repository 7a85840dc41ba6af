//! That nothing runs before `main`.

use std::fs;
use std::path::Path;

use object::{Object as _, ObjectSection as _};

/// The functions that run before `main`: their addresses, one after the other.
fn constructors(program: &Path) -> u64 {
    let data = fs::read(program).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let sections = [".init_array", ".preinit_array", ".ctors"];
    sections
        .iter()
        .filter_map(|name| file.section_by_name(name))
        .map(|section| section.size() / size_of::<usize>() as u64)
        .sum()
}

#[test]
fn many_plugins_bring_no_constructor() {
    let plugins = plugin_core::plugins::<dyn crowd::INumber>();
    assert_eq!(plugins.len(), crowd::COUNT as usize);
    let bare = constructors(Path::new(env!("CARGO_BIN_EXE_bare")));
    assert!(bare > 0, "the standard library has one of its own");
    let crowded = constructors(&std::env::current_exe().unwrap());
    assert!(crowded <= bare, "{crowded} constructors instead of {bare}");
}
