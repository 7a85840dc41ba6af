//! A program and a library whose lockfiles have two versions of a crate.

use std::fs;
use std::process::Command;

use crate::cargo::{self, Outside};

const OLD: &str = "1.4.0";
const NEW: &str = "1.10.1";

#[test]
#[ignore = "downloads two versions of the crate bytes"]
fn a_type_of_another_version_of_its_crate_is_refused() {
    let outside = Outside::with("lockfile", |directory| {
        // Both versions are known to Cargo before the other tests' settings keep it from the network.
        let mut fetch = Command::new(env!("CARGO"));
        for version in [OLD, NEW] {
            let mut update = Command::new(env!("CARGO"));
            update.args(["update", "--package", "bytes", "--precise", version]);
            cargo::stdout(update.current_dir(directory).output().unwrap());
            cargo::stdout(fetch.arg("fetch").current_dir(directory).output().unwrap());
            fetch = Command::new(env!("CARGO"));
        }
    });
    let build = |version: &str| {
        outside.stdout(&["update", "--package", "bytes", "--precise", version]);
        outside.stdout(&["build", "--package", "host", "--package", "plug"]);
        let kept = outside.path().join(version);
        fs::create_dir_all(&kept).unwrap();
        for built in ["host", "libplug.so"] {
            fs::copy(cargo::target().join("debug").join(built), kept.join(built)).unwrap();
        }
        kept
    };
    let [old, new] = [OLD, NEW].map(build);
    let said = |host: &std::path::Path, library: &std::path::Path| {
        let mut host = Command::new(host.join("host"));
        cargo::stdout(host.arg(library.join("libplug.so")).output().unwrap())
    };
    for (host, library) in [(&old, &new), (&new, &old)] {
        assert_eq!(said(host, host), "b\"\\x02\\x03\"\n");
        let said = said(host, library);
        assert!(said.starts_with("refused: "), "{said}");
        for version in [OLD, NEW] {
            assert!(said.contains(&format!("bytes {version}")), "{said}");
        }
    }
}
