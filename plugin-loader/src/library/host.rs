//! The description of a program that loads libraries, which is read from its file without running it.

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

/// The description of this program. The crate of each interface adds a record of the interface to the same section.
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin_host"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropinh"))]
pub(super) static PROGRAM: [u8; HOST_LEN] = HOST;

/// The description of a program that uses `plugin-loader`, read from the program's file.
///
/// The file of such a program describes how the program was compiled and which interfaces it has. This type reads the
/// description without running the program. It also works if the program is stripped, or is for another system.
///
/// ```no_run
/// use std::path::Path;
///
/// use plugin_loader::Host;
///
/// let matsim = Host::read(Path::new("/usr/bin/matsim"))?;
/// println!("built by rustc {}", matsim.fingerprint().release);
/// for refusal in matsim.check(Path::new("libglass.so")).refusals() {
///     println!("matsim does not load libglass.so: {refusal}");
/// }
/// # Ok::<(), plugin_loader::HostError>(())
/// ```
///
/// A program that uses the feature `dylib` of plugin-core has no description, since its interfaces may be in other files.
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
    /// Reads the description of a program from its file.
    ///
    /// This reads the headers and one section of the file, at most 16 MiB.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not a program that uses `plugin-loader`.
    pub fn read(path: &Path) -> Result<Self, HostError> {
        let path = std::path::absolute(path).map_err(Refusal::unreadable)?;
        let file = file::open_program(&path)?;
        Self::parse(&ReadCache::new(Blocks::new(&file)))
    }

    /// Returns how the program was compiled.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// Returns the version of plugin-core in the program.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns whether the program is linked statically; such a program cannot load libraries.
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.is_static
    }

    /// Returns whether the program was compiled with debug assertions, as in the profile `dev`.
    #[must_use]
    pub fn has_debug_assertions(&self) -> bool {
        self.has_debug_assertions
    }

    /// Returns the interfaces of the program that drop-ins may provide, sorted by path.
    #[must_use]
    pub fn interfaces(&self) -> &[Offered] {
        &self.interfaces
    }

    /// Returns the file extension of libraries on the program's platform, such as `so`.
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
                // If the program has two copies of plugin-loader, the newer one counts.
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
        // The linker may order the records differently in each build.
        interfaces.sort_by(|a, b| (&a.path, &a.version).cmp(&(&b.path, &b.version)));
        Ok(host.map(|host| Self { interfaces, ..host }))
    }
}

/// The error of [`Host::read`]: why the description of a program cannot be read.
///
/// With serde, it is a code and its values, like a [`Refusal`](crate::Refusal).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HostError {
    /// The file cannot be read.
    Unreadable {
        /// The error of the system.
        error: String,
    },
    /// The file is not a program of any known platform.
    NotAProgram,
    /// The program does not use `plugin-loader`, or uses a version that writes no description.
    NotAHost,
    /// The file is damaged or incomplete.
    Damaged,
    /// The program's headers or its description are too long.
    TooLong {
        /// The limit, in bytes.
        longest: u64,
    },
    /// The description has a format that this version of `plugin-loader` does not know.
    Format {
        /// The number of the program's format.
        program: u8,
        /// The number of the format that this version knows.
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
                "it is not a program that uses plugin-loader, or its plugin-loader is too old to be checked\n\
                 help: name the program's own file, or rebuild it with this version of plugin-loader",
            ),
            Self::Damaged => formatter.write_str("it is damaged or incomplete"),
            Self::TooLong { longest } => write!(
                formatter,
                "it is damaged, or its headers and interfaces take more than {longest} bytes"
            ),
            Self::Format { program, known } => write!(
                formatter,
                "its interfaces are described in format {program}, and this command reads format {known}\n\
                 help: install the command `dropin` of the plugin-loader that the program was built with"
            ),
        }
    }
}

impl Error for HostError {}
