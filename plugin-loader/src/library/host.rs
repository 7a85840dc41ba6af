//! A program that loads libraries, as its file describes it: nothing of it runs.

use std::error::Error;
use std::fmt::{self, Display};
use std::path::Path;

use object::read::{ReadCache, ReadRef};
use plugin_core::__private::dropin::{HOST, HOST_LEN, RecordKind};
use serde::Serialize;

use super::bytes::Blocks;
use super::file;
use super::fingerprint::Fingerprint;
use super::manifest::Offered;
use super::record::Reader;
use super::refusal::Refusal;
use super::section::{self, Machine};

/// What this program says of itself. Beside it are the records of its interfaces, each from the interface's crate.
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin_host"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropinh"))]
pub(super) static PROGRAM: [u8; HOST_LEN] = HOST;

/// A program with `plugin-loader`, as its file describes it.
///
/// Such a program says in its file how it was compiled, and which interfaces it has. Here this is read without
/// running the program, also from one that is stripped, or for another system.
///
/// ```no_run
/// use std::path::Path;
///
/// use plugin_loader::Host;
///
/// let matsim = Host::read(Path::new("/usr/bin/matsim"))?;
/// println!("built by rustc {}", matsim.fingerprint().release);
/// for refusal in matsim.check(Path::new("libglass.so")).refusals() {
///     println!("matsim does not load it: {refusal}");
/// }
/// # Ok::<(), plugin_loader::HostError>(())
/// ```
///
/// A program says nothing of itself with the feature `dylib` of plugin-core: its interfaces may be in other files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    pub(crate) fingerprint: Fingerprint,
    version: String,
    is_static: bool,
    has_debug_assertions: bool,
    pub(crate) interfaces: Vec<Offered>,
    pub(crate) machine: Machine,
}

impl Host {
    /// Reads what a program says of itself from its file.
    ///
    /// What is read is its headers and one section, up to 16 MiB.
    ///
    /// # Errors
    ///
    /// If it is no program with `plugin-loader`, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, HostError> {
        let path = std::path::absolute(path).map_err(Refusal::unreadable)?;
        let file = file::open_program(&path)?;
        Self::parse(&ReadCache::new(Blocks::new(&file)))
    }

    /// How the program was compiled.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// The version of plugin-core in the program.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether the program is linked statically, so that it can load no library.
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.is_static
    }

    /// Whether the program was compiled with debug assertions, as with the profile `dev`.
    #[must_use]
    pub fn has_debug_assertions(&self) -> bool {
        self.has_debug_assertions
    }

    /// The interfaces that libraries may provide to the program, by path.
    #[must_use]
    pub fn interfaces(&self) -> &[Offered] {
        &self.interfaces
    }

    /// How the names of libraries end where the program runs, as in `so`.
    #[must_use]
    pub fn suffix(&self) -> &'static str {
        self.machine.suffix()
    }

    fn parse<'a>(data: impl ReadRef<'a>) -> Result<Self, HostError> {
        let (bytes, machine) = section::of_program(data)?;
        Self::of_records(bytes, machine)?.ok_or(HostError::NotAHost)
    }

    fn of_records(bytes: &[u8], machine: Machine) -> Result<Option<Self>, Refusal> {
        let mut host: Option<Self> = None;
        let mut interfaces = Vec::new();
        let mut reader = Reader::new(bytes);
        while let Some((kind, mut record)) = reader.record()? {
            if kind == RecordKind::Host as u32 {
                let read = Self {
                    fingerprint: record.fingerprint()?,
                    version: record.string()?,
                    is_static: record.flag()?,
                    has_debug_assertions: record.flag()?,
                    interfaces: Vec::new(),
                    machine: machine.clone(),
                };
                // Of two copies of plugin-loader, the one that says most of what can be built today.
                if host
                    .as_ref()
                    .is_none_or(|host| host.fingerprint.abi < read.fingerprint.abi)
                {
                    host = Some(read);
                }
            } else if kind == RecordKind::Interface as u32 {
                interfaces.push(record.interface()?);
            } else {
                return Err(record.corrupt());
            }
            record.at_end()?;
        }
        // The linker's order is another one in each build.
        interfaces.sort_by(|a, b| (&a.path, &a.version).cmp(&(&b.path, &b.version)));
        Ok(host.map(|host| Self { interfaces, ..host }))
    }
}

/// Why a program cannot be asked what it loads.
///
/// With serde, it is a code and its values, as a [`Refusal`](crate::Refusal) is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HostError {
    /// The file cannot be read.
    Unreadable {
        /// What the system says.
        error: String,
    },
    /// The bytes are not those of a program of any system.
    NotAProgram,
    /// A program without `plugin-loader`, or with one that is too old to say anything in the file.
    NotAHost,
    /// A program that is damaged, or of which a part is missing.
    Damaged,
    /// The program's headers, or what it says of itself, are longer than those of any program.
    TooLong {
        /// How many bytes are read.
        longest: u64,
    },
    /// What the program says of itself is in a form that this version does not know.
    Format {
        /// The number of the program's format.
        program: u8,
        /// The number of this version's.
        known: u8,
    },
}

impl From<Refusal> for HostError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unreadable { error } => Self::Unreadable { error },
            Refusal::NotRegularFile | Refusal::NotALibrary => Self::NotAProgram,
            Refusal::NoManifest => Self::NotAHost,
            Refusal::ManifestFormat { library, host } => Self::Format {
                program: library,
                known: host,
            },
            Refusal::HeadersTooLong { longest } | Refusal::ManifestTooLong { longest, .. } => {
                Self::TooLong { longest }
            }
            _ => Self::Damaged,
        }
    }
}

impl Display for HostError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { error } => write!(formatter, "it cannot be read: {error}"),
            Self::NotAProgram => formatter.write_str(
                "it is not a program\nhelp: name the program's own file, not a script that starts it",
            ),
            Self::NotAHost => formatter.write_str(
                "it is not a program with plugin-loader, or an old one, which does not say what it can load\n\
                 help: name the program's own file, or build it with this version of plugin-loader",
            ),
            Self::Damaged => formatter.write_str("it is damaged, or not complete"),
            Self::TooLong { longest } => write!(
                formatter,
                "it is damaged, or has more headers or interfaces than {longest} bytes hold"
            ),
            Self::Format { program, known } => write!(
                formatter,
                "it describes itself in format {program}, and this version reads format {known}\n\
                 help: use the `dropin` of the plugin-loader that the program was built with"
            ),
        }
    }
}

impl Error for HostError {}
