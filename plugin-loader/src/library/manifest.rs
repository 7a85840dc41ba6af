//! The description of a library, which is read from the bytes of its file.

use std::fmt::{self, Display, Write as _};
use std::fs::File;

use object::read::{ReadCache, ReadRef};
use plugin_core::__private::dropin::{Origin, Package, RecordKind};
use serde::{Deserialize, Serialize};

use super::bytes::Blocks;
use super::fingerprint::Fingerprint;
use super::record::Reader;
use super::refusal::Refusal;
use super::section::{self, Machine};
use super::shown::Plain;

/// The description of a library: how it was compiled, and the plugins that it has.
///
/// It is read from the library's file, without loading the library.
///
/// ```no_run
/// use std::fs::File;
///
/// use plugin_loader::Manifest;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let manifest = Manifest::read(&File::open("/usr/lib/matsim/plugins/libglass.so")?)?;
/// println!("built by rustc {}", manifest.fingerprint.release);
/// for offer in &manifest.plugins {
///     println!("{}: {}", offer.name, offer.docs);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Its `Display` has a line for each plugin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// How the library was compiled.
    pub fingerprint: Fingerprint,
    /// The package that the library was built from.
    pub package: String,
    /// The version of that package.
    pub version: String,
    /// The plugins, sorted by source file and line.
    pub plugins: Vec<Offer>,
}

/// The description of one plugin of a library.
///
/// The fields are those of a [`PluginInfo`](plugin_core::PluginInfo), which a plugin has once its library is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offer {
    /// The name of the plugin. See [`PluginInfo::name`](plugin_core::PluginInfo::name).
    pub name: String,
    /// The id of the plugin, such as `alloy::STEEL`. See [`PluginInfo::id`](plugin_core::PluginInfo::id).
    pub id: String,
    /// The package that the plugin is from. See [`PluginInfo::package`](plugin_core::PluginInfo::package).
    pub package: String,
    /// The version of that package. See [`PluginInfo::version`](plugin_core::PluginInfo::version).
    pub version: String,
    /// The documentation of the plugin. See [`PluginInfo::docs`](plugin_core::PluginInfo::docs).
    pub docs: String,
    /// The module that the plugin is from. See [`PluginInfo::module_path`](plugin_core::PluginInfo::module_path).
    pub module_path: String,
    /// The source file of the plugin. See [`PluginInfo::file`](plugin_core::PluginInfo::file).
    pub file: String,
    /// The line in that file. See [`PluginInfo::line`](plugin_core::PluginInfo::line).
    pub line: u32,
    /// The priority of the plugin. See [`PluginInfo::priority`](plugin_core::PluginInfo::priority).
    pub priority: i32,
    /// The tags of the plugin, as keys and values.
    pub tags: Vec<(String, String)>,
    /// The interfaces that the plugin provides, in the order in which it lists them.
    pub interfaces: Vec<Offered>,
}

/// The description of an interface that a plugin provides, or that a program has.
///
/// A library and a program describe interfaces in the same way, so the two descriptions can be compared;
/// [`check`](Self::check) compares one with the interfaces of this program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offered {
    /// The path of the interface. See [`InterfaceInfo::path`](plugin_core::InterfaceInfo::path).
    pub path: String,
    /// The version of the package that declares the interface.
    pub version: String,
    /// A hash of the interface and of the types it uses. Two builds can exchange plugins only if their tokens are equal.
    #[serde(with = "token")]
    pub token: u128,
    /// The signatures of the members, in order, to explain why two tokens differ.
    pub members: Vec<String>,
    /// The interface itself and the types reached from it, followed by the types that its members mention.
    pub reached: Vec<Reached>,
}

/// The description of one type that an interface uses, to explain why two tokens differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reached {
    /// The path of the type; for a type that a member mentions, as it is written in the member.
    pub name: String,
    /// The package that declares the type, with its version; for a type that a member mentions, which type that is.
    pub origin: String,
    /// A hash of the type, which is another one if the type has changed.
    #[serde(with = "token")]
    pub form: u128,
}

/// Writes a token as text, since not every JSON parser reads a number of 128 bits.
pub(crate) mod token {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn text(token: u128) -> String {
        format!("{token:032x}")
    }

    pub(crate) fn serialize<S: Serializer>(token: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text(*token))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
        let text = String::deserialize(from)?;
        u128::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

impl Display for Manifest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for offer in &self.plugins {
            let interfaces = offer.interfaces.iter();
            let interfaces: Vec<_> = interfaces.map(|offered| &*offered.path).collect();
            let origin = Origin {
                package: Package {
                    name: &offer.package,
                    version: &offer.version,
                },
                file: &offer.file,
                line: offer.line,
            };
            let (name, interfaces) = (&offer.name, interfaces.join(", "));
            writeln!(Plain(formatter), "  {name} ({origin}): {interfaces}")?;
        }
        Ok(())
    }
}

impl Manifest {
    /// Reads the manifest of a library from its file.
    ///
    /// This reads the headers and one section of the file. The library is not loaded, and none of its code runs.
    ///
    /// # Errors
    ///
    /// If the file has no manifest, or its manifest cannot be read. The reasons are checked in this order:
    /// [`Refusal::NotALibrary`], [`Refusal::Truncated`], [`Refusal::Architecture`],
    /// [`Refusal::NotCdylib`], [`Refusal::NoManifest`], [`Refusal::ManifestTooLong`], [`Refusal::NoDropIn`],
    /// [`Refusal::ManifestFormat`], and [`Refusal::ManifestCorrupt`]. [`Refusal::HeadersTooLong`] is possible at any point.
    pub fn read(file: &File) -> Result<Self, Refusal> {
        Self::read_for(file, &Machine::this())
    }

    /// Reads the manifest of a library whose bytes are in memory.
    ///
    /// # Errors
    ///
    /// The errors are those of [`read`](Self::read).
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse(bytes, &Machine::this())
    }

    /// Reads the manifest of a library for that machine.
    pub(crate) fn read_for(file: &File, machine: &Machine) -> Result<Self, Refusal> {
        Self::parse(&ReadCache::new(Blocks::new(file)), machine)
    }

    fn parse<'a>(data: impl ReadRef<'a>, machine: &Machine) -> Result<Self, Refusal> {
        Self::of_records(section::of_library(data, machine)?)
    }

    /// Parses the bytes of the section.
    pub(crate) fn of_records(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut manifest = None;
        let mut plugins = Vec::new();
        let mut reader = Reader::new(bytes);
        while let Some((kind, mut record)) = reader.record()? {
            if kind == RecordKind::Header as u32 && manifest.is_none() {
                manifest = Some(record.header()?);
            } else if kind == RecordKind::Plugin as u32 {
                plugins.push(record.plugin()?);
            } else {
                return Err(record.corrupt());
            }
            record.at_end()?;
        }
        let mut manifest = manifest.ok_or(match plugins.as_slice() {
            [] => Refusal::NoManifest,
            _ => Refusal::NoDropIn,
        })?;
        // The linker may order the records differently in each build.
        plugins.sort_by(|a, b| (&a.file, a.line, &a.id).cmp(&(&b.file, b.line, &b.id)));
        manifest.plugins = plugins;
        Ok(manifest)
    }
}

impl Offer {
    /// Parses the bytes of one record.
    pub(crate) fn of_record(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes);
        match reader.record()? {
            Some((kind, mut record)) if kind == RecordKind::Plugin as u32 => record.plugin(),
            _ => Err(reader.corrupt()),
        }
    }
}

impl Offered {
    /// Parses the bytes of one record of a program.
    pub(crate) fn of_record(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes);
        match reader.record()? {
            Some((kind, mut record)) if kind == RecordKind::Interface as u32 => record.interface(),
            _ => Err(reader.corrupt()),
        }
    }
}
