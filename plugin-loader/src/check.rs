//! Checks one library without loading it, and reports each check.

use std::fmt::{self, Display, Write as _};
use std::path::{Path, PathBuf};

use crate::library::file::{self, Folder, Trust};
use crate::library::fingerprint::Fingerprint;
use crate::library::host::Host;
use crate::library::manifest::{Manifest, Offered};
use crate::library::refusal::Refusal;
use crate::library::section::Machine;
use crate::library::shown::{Plain, Shown};

/// The results of the checks of one library; [`check`] and [`Host::check`] return it.
///
/// Its `Display` is the path, a line for each check, a line for each plugin, and the reasons not to load the library.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// The library's file.
    pub path: PathBuf,
    /// The checks, in order. A check that fails does not end the others.
    pub checks: Vec<Check>,
    /// The manifest of the library, if it can be read.
    pub manifest: Option<Manifest>,
}

impl Checked {
    /// Iterates over the reasons why the library, or a part of it, is not used.
    ///
    /// There is no reason if the program would use the whole library.
    pub fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        let checks = self.checks.iter();
        checks.filter_map(|check| check.refusal.as_ref())
    }
}

impl Display for Checked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", Shown(&self.path))?;
        for check in &self.checks {
            writeln!(formatter, "{check}")?;
        }
        if let Some(manifest) = &self.manifest {
            write!(formatter, "{manifest}")?;
        }
        for refusal in self.refusals() {
            writeln!(formatter, "refused: {refusal}")?;
        }
        Ok(())
    }
}

/// One condition for loading a library, and whether the library meets it.
///
/// Its `Display` is a line such as `ok      panic     unwind; wanted: unwind`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// The name of the check: `file`, `content`, `abi`, `compiler`, `target`, `panic`, or `flags`; for a [`Host`] also
    /// `linking`, `interface`, or `plugins`.
    ///
    /// These names do not change when messages are reworded.
    pub what: &'static str,
    /// What the library has.
    pub library: String,
    /// What this build or the program has, or what is required.
    pub host: String,
    /// The reason not to load the library, if it does not meet the condition.
    pub refusal: Option<Refusal>,
}

impl Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.refusal.is_none() {
            "ok"
        } else {
            "refused"
        };
        let (what, library, host) = (self.what, &self.library, &self.host);
        write!(
            Plain(formatter),
            "{verdict:<8}{what:<10}{library}; wanted: {host}"
        )
    }
}

/// Checks whether this build could load a library, without loading it.
///
/// ```no_run
/// use std::path::Path;
///
/// let checked = plugin_loader::check(Path::new("libglass.so"));
/// for refusal in checked.refusals() {
///     println!("{refusal}");
/// }
/// ```
///
/// This checks the file and how it was compiled. It does not compare the interfaces of the library with those of this
/// program; [`Host::check`] compares them with those of any program. No code of the library runs.
#[must_use]
pub fn check(path: &Path) -> Checked {
    checks(path, Fingerprint::host(), &Machine::this())
}

/// Checks that only the administrator and this user can write to a directory, as drop-ins require.
///
/// ```
/// use std::path::Path;
///
/// use plugin_loader::{Refusal, check_directory};
///
/// let error = check_directory(Path::new("/of no name")).unwrap_err();
/// assert!(matches!(error, Refusal::Unreadable { .. }));
/// ```
///
/// This asks the system for one status.
///
/// # Errors
///
/// Returns [`Refusal::WorldWritable`], [`Refusal::ForeignOwner`], or [`Refusal::GroupWritable`] if somebody else can write
/// to the directory, and [`Refusal::Unreadable`] if it cannot be opened.
pub fn check_directory(path: &Path) -> Result<(), Refusal> {
    let folder = Folder::open(path).map_err(Refusal::unreadable)?;
    let status = folder.status().map_err(Refusal::unreadable)?;
    status.check_owner(Trust::Owner)
}

impl Host {
    /// Checks whether this program could load a library, and use each interface that the library provides.
    ///
    /// The reasons are those that the program itself would give; in their texts, "this program" means that program. What
    /// depends on other libraries, or on plugins in the program, is not checked, such as duplicates.
    ///
    /// Nothing is loaded. No code of the program or of the library runs.
    #[must_use]
    pub fn check(&self, path: &Path) -> Checked {
        let mut checked = checks(path, &self.fingerprint, &self.machine);
        if self.is_static() {
            checked.checks.push(Check {
                what: "linking",
                library: "a library that is loaded at run time".to_owned(),
                host: "a program that can load libraries".to_owned(),
                refusal: Some(Refusal::StaticHost),
            });
        }
        if let Some(manifest) = &checked.manifest {
            checked.checks.extend(self.interfaces_of(manifest));
        }
        checked
    }

    /// A check for each interface of the library, and one that fails if the program has none of them.
    fn interfaces_of(&self, manifest: &Manifest) -> Vec<Check> {
        let is_known = |path: &str| self.interfaces.iter().any(|own| own.path == path);
        let mut of_library: Vec<&Offered> = Vec::new();
        for offered in manifest.plugins.iter().flat_map(|offer| &offer.interfaces) {
            let is_same =
                |other: &&Offered| (&other.path, other.token) == (&offered.path, offered.token);
            if !of_library.iter().any(is_same) {
                of_library.push(offered);
            }
        }
        let named = |of: &Offered| format!("{} {}", of.path, of.version);
        let interfaces = of_library.into_iter().map(|offered| {
            let mut own = self
                .interfaces
                .iter()
                .filter(|own| own.path == offered.path);
            Check {
                what: "interface",
                library: named(offered),
                host: own
                    .next()
                    .map_or_else(|| "none of this name".to_owned(), named),
                refusal: offered.check_for(&self.interfaces).err(),
            }
        });
        let mut checks: Vec<_> = interfaces.collect();
        if let Err(refusal) = manifest.check_use(is_known) {
            checks.push(Check {
                what: "plugins",
                library: "none of the program's interfaces".to_owned(),
                host: "a plugin of one of them".to_owned(),
                refusal: Some(refusal),
            });
        }
        checks
    }
}

fn checks(path: &Path, host: &Fingerprint, machine: &Machine) -> Checked {
    let mut checked = Checked {
        path: path.to_owned(),
        checks: Vec::new(),
        manifest: None,
    };
    let (file, refusal) = match open(path) {
        Ok(file) => (Some(file), None),
        Err(refusal) => (None, Some(refusal)),
    };
    checked.checks.push(Check {
        what: "file",
        library: as_text(refusal.as_ref(), "a regular file of a trusted owner"),
        host: "a regular file that only its owner can write to".to_owned(),
        refusal,
    });
    let Some(file) = file else {
        return checked;
    };
    let (manifest, refusal) = match Manifest::read_for(&file, machine) {
        Ok(manifest) => (Some(manifest), None),
        Err(refusal) => (None, Some(refusal)),
    };
    checked.checks.push(Check {
        what: "content",
        library: as_text(refusal.as_ref(), "a drop-in"),
        host: "a drop-in".to_owned(),
        refusal,
    });
    if let Some(manifest) = &manifest {
        let of_fingerprint = of_fingerprint(host, &manifest.fingerprint);
        checked.checks.extend(of_fingerprint);
    }
    checked.manifest = manifest;
    checked
}

fn as_text(refusal: Option<&Refusal>, fine: &str) -> String {
    refusal.map_or(fine.to_owned(), Refusal::to_string)
}

fn open(path: &Path) -> Result<std::fs::File, Refusal> {
    let path = std::path::absolute(path).map_err(Refusal::unreadable)?;
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(Refusal::NotRegularFile);
    };
    let folder = Folder::open(directory).map_err(Refusal::unreadable)?;
    let refusal = |error| {
        let refusal = folder.refusal(name, &error);
        refusal.unwrap_or_else(|| Refusal::unreadable(error))
    };
    folder
        .status_of(name)
        .map_err(refusal)?
        .check(Trust::Owner)?;
    let file = folder.open_file(name).map_err(refusal)?;
    // It may be another one by now.
    let status = file::status_of_open(&file).map_err(Refusal::unreadable)?;
    status.check(Trust::Owner)?;
    Ok(file)
}

/// A check for each field, with the other fields taken from the host: so each difference is reported.
fn of_fingerprint(host: &Fingerprint, library: &Fingerprint) -> Vec<Check> {
    let check = |what, [of_library, of_host]: [String; 2], other: Fingerprint| Check {
        what,
        library: of_library,
        host: of_host,
        refusal: host.check(&other).err(),
    };
    let compiler = |of: &Fingerprint| format!("rustc {} ({})", of.release, of.commit);
    let or_none = |flags: &str| if flags.is_empty() { "none" } else { flags }.to_owned();
    vec![
        check(
            "abi",
            [library.abi, host.abi].map(|abi| format!("binary interface {abi} of plugin-core")),
            Fingerprint {
                abi: library.abi,
                ..host.clone()
            },
        ),
        check(
            "compiler",
            [library, host].map(compiler),
            Fingerprint {
                release: library.release.clone(),
                commit: library.commit.clone(),
                ..host.clone()
            },
        ),
        check(
            "target",
            [&library.target, &host.target].map(String::clone),
            Fingerprint {
                target: library.target.clone(),
                ..host.clone()
            },
        ),
        check(
            "panic",
            [&library.panic, &host.panic].map(String::clone),
            Fingerprint {
                panic: library.panic.clone(),
                ..host.clone()
            },
        ),
        check(
            "flags",
            [&library.flags, &host.flags].map(|flags| or_none(flags)),
            Fingerprint {
                flags: library.flags.clone(),
                ..host.clone()
            },
        ),
    ]
}
