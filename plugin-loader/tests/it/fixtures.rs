//! Libraries and hosts, built once by Cargo, from `tests/dropins`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::cargo::{self, Outside};

/// What was built.
pub(crate) struct Fixtures {
    outside: Outside,
    programs: PathBuf,
    /// Copies of the libraries, each under a name that says how it was built.
    pub(crate) libraries: PathBuf,
}

/// Builds the good library. The host has none, so nothing of it is built; but what both depend on has the
/// features that it has in the first build, and is not compiled again.
pub(crate) const ALLOY: [&str; 6] = ["build", "--package", "alloy", "--package", "loads", "--lib"];

pub(crate) fn fixtures() -> &'static Fixtures {
    static FIXTURES: OnceLock<Fixtures> = OnceLock::new();
    FIXTURES.get_or_init(Fixtures::new)
}

impl Fixtures {
    fn new() -> Self {
        let outside = Outside::new("dropins");
        let libraries = outside.path().join("libraries");
        let _ = fs::remove_dir_all(&libraries);
        fs::create_dir(&libraries).unwrap();
        let fixtures = Self {
            outside,
            programs: cargo::target().join("debug"),
            libraries,
        };
        fixtures.build(&[
            "build",
            "--workspace",
            "--exclude",
            "both",
            "--exclude",
            "misnamed",
            "--exclude",
            "plain",
            "--exclude",
            "program",
            "--exclude",
            "twice",
            "--exclude",
            "unasked",
        ]);
        for name in [
            "alloy", "bare", "changing", "closed", "data", "early", "embedded", "forged",
            "foundry", "linked", "next", "talks",
        ] {
            fixtures.keep(name, "debug", name);
        }
        for change in ["added", "documented", "reordered", "retyped", "resized"] {
            let feature = format!("alloy/{change}");
            fixtures.build(&[&ALLOY[..], &["--features", &feature]].concat());
            fixtures.keep("alloy", "debug", change);
        }
        fixtures.build(&[
            "build",
            "--package",
            "data",
            "--package",
            "loads",
            "--lib",
            "--features",
            "data/resized",
        ]);
        fixtures.keep("data", "debug", "data-resized");
        // Not a profile, which would have a directory of its own, and the macros in it.
        let mut aborting = fixtures.command(&ALLOY);
        aborting.env("CARGO_PROFILE_DEV_PANIC", "abort");
        cargo::stdout(aborting.output().unwrap());
        fixtures.keep("alloy", "debug", "aborting");
        fixtures
    }

    #[track_caller]
    pub(crate) fn build(&self, arguments: &[&str]) -> String {
        self.outside.stdout(arguments)
    }

    /// The workspace of all that is built.
    pub(crate) fn path(&self) -> &Path {
        self.outside.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.outside.command(arguments)
    }

    /// What Cargo complains of.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        self.outside.stderr(arguments)
    }

    /// Copies what was built, before it is built otherwise.
    pub(crate) fn keep(&self, name: &str, profile: &str, kept: &str) -> PathBuf {
        let built = cargo::target().join(profile).join(format!("lib{name}.so"));
        let library = self.library(kept);
        fs::copy(built, &library).unwrap();
        library
    }

    pub(crate) fn library(&self, name: &str) -> PathBuf {
        self.libraries.join(format!("{name}.so"))
    }

    /// Builds by a compiler of another time, or with other flags.
    pub(crate) fn build_with(&self, mut cargo: Command, arguments: &[&str]) {
        cargo.current_dir(self.outside.path());
        cargo.arg("build").args(arguments);
        cargo::stdout(cargo.output().unwrap());
    }

    /// The good library, built so.
    pub(crate) fn build_otherwise(&self, cargo: Command, built: &Path, kept: &str) -> PathBuf {
        self.build_with(cargo, &ALLOY[1..]);
        let library = self.library(kept);
        fs::copy(cargo::target().join(built).join("liballoy.so"), &library).unwrap();
        library
    }

    /// What the host prints of the libraries.
    #[track_caller]
    pub(crate) fn run(&self, host: &str, libraries: &[&Path]) -> String {
        let mut host = Command::new(self.programs.join(host));
        host.args(libraries);
        cargo::stdout(host.output().unwrap())
    }

    /// What the host prints of a library, once it is certain that a good one beside it is used.
    #[track_caller]
    pub(crate) fn beside_a_good_one(&self, library: &Path) -> String {
        let alloy = self.library("alloy");
        let printed = self.run("loads", &[library, &alloy]);
        let of_alloy = self.run("loads", &[&alloy]);
        printed
            .strip_suffix(&of_alloy)
            .unwrap_or_else(|| panic!("the good library is not used:\n{printed}"))
            .to_owned()
    }
}
