//! What a program with plugin-loader says of itself in its file, and what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSection as _};
use plugin_loader::{Checked, Fingerprint, Host, HostError, Refusal};

use crate::cargo;
use crate::fixtures::fixtures;

fn program(profile: &str, name: &str) -> PathBuf {
    cargo::target().join(profile).join(name)
}

/// That of the profile `dev`, which is stripped.
fn loads() -> Host {
    fixtures();
    Host::read(&program("debug", "loads")).unwrap()
}

fn paths(host: &Host) -> Vec<&str> {
    let interfaces = host.interfaces().iter();
    interfaces.map(|interface| &*interface.path).collect()
}

#[test]
fn a_program_says_how_it_was_built_and_which_interfaces_it_has() {
    let host = loads();
    assert_eq!(host.fingerprint(), Fingerprint::host());
    assert_eq!(host.version(), env!("CARGO_PKG_VERSION"));
    assert!(host.has_debug_assertions());
    assert_eq!(
        paths(&host),
        [
            "imat::Grade",
            "imat::IMaterial",
            "imat::INote",
            "plugin_core::IPlugin"
        ]
    );
}

/// A host may be a library, too.
#[test]
fn a_host_that_is_a_library_says_the_same() {
    let host = Host::read(&fixtures().library("embedded")).unwrap();
    assert_eq!(host.fingerprint(), Fingerprint::host());
    assert!(paths(&host).contains(&"imat::IMaterial"));
}

mod long {
    use super::*;

    /// With link-time optimization, small, and stripped.
    #[test]
    #[ignore = "long: compiles all again, with LTO"]
    fn a_program_that_is_shipped_says_the_same() {
        fixtures().build(&["build", "--package", "loads", "--profile", "lto"]);
        let shipped = Host::read(&program("lto", "loads")).unwrap();
        let host = loads();
        assert_eq!(shipped.fingerprint(), host.fingerprint());
        assert_eq!(shipped.interfaces(), host.interfaces());
        assert!(!shipped.has_debug_assertions());
        assert_eq!(refusals(&shipped.check(&fixtures().library("alloy"))), []);
    }

    #[test]
    #[ignore = "long: compiles all again, linked statically"]
    fn a_static_program_loads_nothing() {
        let mut cargo = cargo::command(&cargo::target());
        let target = &Fingerprint::host().target;
        cargo.env("RUSTFLAGS", "-C target-feature=+crt-static");
        let path = Path::new(target).join("debug");
        fixtures().build_with(
            cargo,
            &["--package", "loads", "--bin", "loads", "--target", target],
        );
        let host = Host::read(&cargo::target().join(path).join("loads")).unwrap();
        let refusals = refusals(&host.check(&fixtures().library("alloy")));
        assert!(refusals.contains(&Refusal::StaticHost), "{refusals:?}");
        assert!(
            refusals.iter().any(|refusal| matches!(refusal, Refusal::Flags { host, .. } if host == "-C target-feature=+crt-static")),
            "{refusals:?}"
        );
    }
}

fn refusals(checked: &Checked) -> Vec<Refusal> {
    checked.refusals().cloned().collect()
}

/// What the program itself says of a library, and then what is read from its file.
#[track_caller]
fn assert_said_by_both(library: &str) -> Vec<Refusal> {
    let path = fixtures().library(library);
    let said = fixtures().beside_a_good_one(&path);
    let refusals = refusals(&loads().check(&path));
    assert!(!refusals.is_empty());
    for refusal in &refusals {
        assert!(said.contains(&refusal.to_string()), "{said}\n{refusal}");
    }
    refusals
}

#[test]
fn a_library_is_refused_for_a_program_as_by_the_program() {
    for library in ["added", "reordered", "retyped", "resized"] {
        let refusals = assert_said_by_both(library);
        let [Refusal::InterfaceChanged { interface, .. }] = &refusals[..] else {
            panic!("{refusals:?}");
        };
        assert_eq!(interface, "imat::IMaterial");
    }
    let refusals = assert_said_by_both("next");
    assert!(
        matches!(refusals[..], [Refusal::InterfaceVersion { .. }]),
        "{refusals:?}"
    );
    let refusals = assert_said_by_both("aborting");
    assert!(
        matches!(refusals[..], [Refusal::Panic { .. }]),
        "{refusals:?}"
    );
    for library in ["linked", "bare"] {
        assert_eq!(assert_said_by_both(library).len(), 1);
    }
}

#[test]
fn a_library_that_the_program_loads_is_not_refused() {
    for library in ["alloy", "documented", "data"] {
        let checked = loads().check(&fixtures().library(library));
        assert_eq!(refusals(&checked), [], "{checked}");
        let interfaces = checked
            .checks
            .iter()
            .filter(|check| check.what == "interface");
        assert!(interfaces.count() > 0);
    }
}

#[test]
fn a_library_of_another_program_is_refused() {
    let this = Host::read(&std::env::current_exe().unwrap()).unwrap();
    assert_eq!(paths(&this), ["plugin_core::IPlugin"]);
    let refusals = refusals(&this.check(&fixtures().library("alloy")));
    let [Refusal::UnknownInterface { interface }] = &refusals[..] else {
        panic!("{refusals:?}");
    };
    assert!(interface.starts_with("imat::"), "{interface}");
}

#[test]
fn what_is_no_program_with_plugin_loader_is_said() {
    let fixtures = fixtures();
    let read = |path: &Path| Host::read(path).unwrap_err();
    fixtures.build(&["build", "--package", "plain"]);
    assert_eq!(read(&program("debug", "plain")), HostError::NotAHost);
    // It knows interfaces, but loads nothing.
    assert_eq!(read(&fixtures.library("alloy")), HostError::NotAHost);
    let text = fixtures.libraries.join("script");
    fs::write(&text, "#!/bin/sh\nexec loads\n").unwrap();
    assert_eq!(read(&text), HostError::NotAProgram);
    assert_eq!(read(&fixtures.libraries), HostError::NotAProgram);
    let missing = read(&fixtures.libraries.join("missing"));
    assert!(matches!(missing, HostError::Unreadable { .. }), "{missing}");
}

#[test]
fn a_damaged_program_is_read_with_care() {
    let expected = loads();
    let host = program("debug", "loads");
    let bytes = fs::read(&host).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let section = file.section_by_name(".dropinh").unwrap();
    let (start, len) = section.file_range().unwrap();
    let [start, len] = [start, len].map(|at| usize::try_from(at).unwrap());
    let path = fixtures().libraries.join("damaged-host");
    let of = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        Host::read(&path)
    };
    let mut other = bytes.clone();
    other[start + 7] = 2;
    assert_eq!(
        of(&other),
        Err(HostError::Format {
            program: 2,
            known: 1
        })
    );
    for len in [0, 1, 4, 64, 1000, bytes.len() / 2, bytes.len() - 1] {
        let error = of(&bytes[..len]).unwrap_err();
        assert!(
            matches!(error, HostError::Damaged | HostError::NotAProgram),
            "{len}: {error}"
        );
    }
    // Whatever a byte of its records is, there is no panic, and no other program's answer.
    for place in start..start + len {
        let mut other = bytes.clone();
        other[place] ^= 0x81;
        match of(&other) {
            Ok(host) => assert_ne!(host, expected, "{place}"),
            Err(HostError::Damaged | HostError::Format { .. } | HostError::NotAHost) => {}
            Err(error) => panic!("{place}: {error}"),
        }
    }
}

/// One of four million sections, say, in a file that takes no room.
#[test]
fn not_all_of_a_program_is_read() {
    const LONGEST: u64 = 16 << 20;

    loads();
    let mut bytes = fs::read(program("debug", "loads")).unwrap()[..128].to_vec();
    // Where the sections are, and, since they are too many for the header, how many in the first of them.
    bytes[0x28..0x30].copy_from_slice(&64_u64.to_le_bytes());
    bytes[0x3c..0x3e].fill(0);
    bytes[64..].fill(0);
    bytes[64 + 0x20..][..8].copy_from_slice(&4_000_000_u64.to_le_bytes());
    let path = fixtures().libraries.join("sparse-host");
    fs::write(&path, bytes).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_len(4 << 30).unwrap();
    let error = Host::read(&path).unwrap_err();
    fs::remove_file(&path).unwrap();
    assert_eq!(error, HostError::TooLong { longest: LONGEST });
}
