//! What a host gets of a library that it loads.

use std::ffi::{CString, c_char};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use plugin_loader::{Fingerprint, Manifest};

use crate::cargo;
use crate::fixtures::fixtures;

const OF_ALLOY: &str = "\
alloy.so has alloy::BRASS brass (alloy 0.3.0, alloy/src/lib.rs:13)
alloy.so has alloy::BRASS, a note 102
alloy.so has alloy::SOLDER, a note 104
alloy.so has alloy::BRASS, a material 20
alloy.so has alloy::deep::BRONZE, a material 30
";

/// The lines of plugins are in the linker's order.
fn sorted(printed: &str) -> Vec<&str> {
    let mut lines: Vec<_> = printed.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn a_host_uses_the_plugins_of_a_library_and_of_no_crate_that_it_links() {
    let fixtures = fixtures();
    let printed = fixtures.run("loads", &[&fixtures.library("alloy")]);
    assert_eq!(sorted(&printed), sorted(OF_ALLOY));
}

/// Those of `metals`, which it links, and does not name, it does not offer; nor those that are of an
/// interface which no drop-in may provide.
#[test]
fn a_library_offers_the_plugins_of_the_crates_that_it_names() {
    let fixtures = fixtures();
    let printed = fixtures.run("loads", &[&fixtures.library("foundry")]);
    let expected = "\
foundry.so has ores::HEMATITE hematite (ores 0.1.0, ores-old/src.rs:7)
foundry.so has ores::HEMATITE hematite (ores 0.4.0, ores/src.rs:11)
foundry.so has ores::COUNTED COUNTED (ores 0.4.0, ores/src.rs:25)
foundry.so has ores::HEMATITE, a note 106
foundry.so has ores::deep::GALENA, a note 107
foundry.so has ores::say, a note 12
foundry.so has ores::LOW LOW, a grade 1 low
foundry.so has foundry::SLAG, a material 50
foundry.so has ores::HEMATITE, a material 60
foundry.so has ores::HEMATITE, a material 660
";
    assert_eq!(sorted(&printed), sorted(expected));
    let bytes = fs::read(fixtures.library("foundry")).unwrap();
    let manifest = Manifest::of_bytes(&bytes).unwrap();
    assert_eq!(
        (&*manifest.package, &*manifest.version),
        ("foundry", "0.5.0")
    );
    let offers = manifest.plugins.iter();
    let mut hematites = offers.filter(|offer| offer.version == "0.4.0" && offer.name == "hematite");
    let hematite = hematites.next().unwrap();
    assert_eq!((&*hematite.package, hematite.priority), ("ores", 4));
    assert_eq!(hematite.docs, "Iron and oxygen.");
    assert_eq!(hematite.tags, [("color".to_owned(), "red".to_owned())]);
    let interfaces = hematite.interfaces.iter();
    let interfaces: Vec<_> = interfaces.map(|offered| &*offered.path).collect();
    assert_eq!(
        interfaces,
        ["plugin_core::IPlugin", "imat::IMaterial", "imat::INote"]
    );
}

#[test]
fn data_and_functions_are_plugins_of_a_library_too() {
    let fixtures = fixtures();
    let printed = fixtures.run("loads", &[&fixtures.library("data")]);
    let expected = "\
data.so has data::say, a note 11
data.so has grades::high grade, a grade 7 high
";
    assert_eq!(printed, expected);
}

/// A struct that has another field is another interface.
#[test]
fn data_of_another_form_are_not_used() {
    let fixtures = fixtures();
    let printed = fixtures.run("loads", &[&fixtures.library("data-resized")]);
    let expected = "\
data-resized.so: `imat::Grade` is not the same in the library and in this program: the library \
has `pub least: u64`, and this program does not
help: rebuild the plugin with the interface that this program has
data-resized.so has data::say, a note 11
";
    assert_eq!(printed, expected);
}

#[test]
fn a_host_may_have_an_allocator_of_its_own() {
    let fixtures = fixtures();
    let printed = fixtures.run("loads-with-mimalloc", &[&fixtures.library("alloy")]);
    assert_eq!(sorted(&printed), sorted(OF_ALLOY));
}

/// Two hosts that are libraries, each with an allocator: each has a copy of the drop-in to itself.
#[test]
fn two_hosts_in_one_process_do_not_share_a_library() {
    let fixtures = fixtures();
    let alloy = CString::new(fixtures.library("alloy").into_os_string().into_vec()).unwrap();
    let exchanged = ["first", "second"].map(|name| {
        let host = fixtures.libraries.join(format!("{name}-host.so"));
        fs::copy(fixtures.library("embedded"), &host).unwrap();
        // SAFETY: it is a library of these tests, and so is its function.
        unsafe {
            let host = libloading::Library::new(host).unwrap();
            let exchange: libloading::Symbol<'_, unsafe extern "C" fn(*const c_char) -> usize> =
                host.get(b"exchange").unwrap();
            let count = exchange(alloy.as_ptr());
            std::mem::forget(host);
            count
        }
    });
    assert_eq!(exchanged, [2, 2]);
}

mod long {
    use super::*;
    use crate::fixtures::ALLOY;

    /// Its types have other ids than the host's, which was not optimized, and the linker has left out of
    /// it whatever it could.
    #[test]
    #[ignore = "long: compiles all again, with LTO"]
    fn a_library_may_be_optimized_otherwise_than_its_host() {
        let fixtures = fixtures();
        fixtures.build(&[&ALLOY[..], &["--profile", "lto"]].concat());
        let shipped = fixtures.keep("alloy", "lto", "shipped");
        let printed = fixtures.run("loads-with-mimalloc", &[&shipped]);
        assert_eq!(
            sorted(&printed.replace("shipped", "alloy")),
            sorted(OF_ALLOY)
        );
    }
}

#[test]
fn a_library_is_loaded_once_under_whichever_name() {
    let fixtures = fixtures();
    let alloy = fixtures.library("alloy");
    let [symbolic, hard] = ["symbolic", "hard"].map(|name| fixtures.libraries.join(name));
    for link in [&symbolic, &hard] {
        let _ = fs::remove_file(link);
    }
    std::os::unix::fs::symlink(&alloy, &symbolic).unwrap();
    fs::hard_link(&alloy, &hard).unwrap();
    let printed = fixtures.run("loads", &[&alloy, &symbolic, &hard]);
    let again = |name| {
        printed
            .matches(&format!("{name} has alloy::BRASS, a material"))
            .count()
    };
    assert_eq!(
        ["alloy.so", "symbolic", "hard"].map(again),
        [1, 1, 1],
        "{printed}"
    );
}

/// What is loaded is a copy: `changing` writes to its own file while it is loaded.
#[test]
fn a_library_is_used_as_it_was_checked_whatever_becomes_of_its_file() {
    let fixtures = fixtures();
    let changing = fixtures.libraries.join("changes.so");
    fs::copy(fixtures.library("changing"), &changing).unwrap();
    let len = || fs::metadata(&changing).unwrap().len();
    let before = len();
    let mut host = Command::new(cargo::target().join("debug/loads"));
    host.arg(&changing).env("CHANGING", &changing);
    let printed = cargo::stdout(host.output().unwrap());
    assert_eq!(printed, "changes.so has changing::STEEL, a material 50\n");
    assert_eq!(len(), before + 4);
}

#[test]
fn the_file_of_a_library_says_what_it_offers() {
    let bytes = fs::read(fixtures().library("alloy")).unwrap();
    let mut manifest = Manifest::of_bytes(&bytes).unwrap();
    assert_eq!(manifest.fingerprint, *Fingerprint::host());
    assert_eq!((&*manifest.package, &*manifest.version), ("alloy", "0.3.0"));
    manifest
        .plugins
        .sort_by(|left, right| left.id.cmp(&right.id));
    let ids: Vec<_> = manifest.plugins.iter().map(|plugin| &*plugin.id).collect();
    assert_eq!(
        ids,
        ["alloy::BRASS", "alloy::SOLDER", "alloy::deep::BRONZE"]
    );
    let brass = &manifest.plugins[0];
    assert_eq!(brass.name, "brass");
    assert_eq!(brass.docs, "Copper and zinc.\n\nIt is yellow.");
    assert_eq!((&*brass.file, brass.line), ("alloy/src/lib.rs", 13));
    assert_eq!(brass.priority, -3);
    let tags = [("color", "yellow"), ("standard", "EN 1652")];
    assert_eq!(
        brass.tags,
        tags.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
    let interfaces: Vec<_> = brass
        .interfaces
        .iter()
        .map(|offered| (&*offered.path, &*offered.version))
        .collect();
    assert_eq!(
        interfaces,
        [
            ("plugin_core::IPlugin", env!("CARGO_PKG_VERSION")),
            ("imat::IMaterial", "0.1.0"),
            ("imat::INote", "0.1.0"),
        ]
    );
    assert_eq!(brass.interfaces[2].members, ["fn note(&self) -> u64"]);
    assert_eq!(
        brass.interfaces[2].token,
        manifest.plugins[1].interfaces[0].token
    );
    assert_ne!(brass.interfaces[2].token, brass.interfaces[1].token);
}

#[test]
fn a_file_says_what_its_bytes_say_and_so_does_each_part_of_it() {
    let bytes = fs::read(fixtures().library("alloy")).unwrap();
    let part = fixtures().libraries.join("part");
    for sixteenths in (0..=16).rev() {
        let bytes = &bytes[..bytes.len() * sixteenths / 16];
        fs::write(&part, bytes).unwrap();
        let of_file = Manifest::read(&fs::File::open(&part).unwrap());
        assert_eq!(of_file, Manifest::of_bytes(bytes), "{sixteenths}");
        assert_eq!(of_file.is_ok(), sixteenths == 16);
    }
}
