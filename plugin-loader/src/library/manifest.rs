//! What a library says of itself, read from the bytes of its file.

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

/// What a library offers, and by whom it was compiled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// How the library was compiled.
    pub fingerprint: Fingerprint,
    /// The package that the library was built from.
    pub package: String,
    /// The version of that package.
    pub version: String,
    /// The plugins, in the order in which they are written: by source file, and by line.
    pub plugins: Vec<Offer>,
}

/// One plugin of a library.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offer {
    /// See `PluginInfo::name`.
    pub name: String,
    /// See `PluginInfo::id`.
    pub id: String,
    /// See `PluginInfo::package`.
    pub package: String,
    /// See `PluginInfo::version`.
    pub version: String,
    /// See `PluginInfo::docs`.
    pub docs: String,
    /// See `PluginInfo::module_path`.
    pub module_path: String,
    /// See `PluginInfo::file`.
    pub file: String,
    /// See `PluginInfo::line`.
    pub line: u32,
    /// See `PluginInfo::priority`.
    pub priority: i32,
    /// Keys and values.
    pub tags: Vec<(String, String)>,
    /// The interfaces, in the order in which the plugin lists them.
    pub interfaces: Vec<Offered>,
}

/// One interface of one plugin; or of a program, which says of its own what a plugin says of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offered {
    /// See `InterfaceInfo::path`.
    pub path: String,
    /// The version of the package that declares the interface.
    pub version: String,
    /// What tells two forms of an interface apart.
    #[serde(with = "token")]
    pub token: u128,
    /// The members' signatures, in order: why two tokens differ.
    pub members: Vec<String>,
    /// The types that the interface reaches, itself first; and behind them those that its members mention.
    pub reached: Vec<Reached>,
}

/// One type behind an interface: why two tokens differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reached {
    /// The type's path; for what a member mentions, as it is written there.
    pub name: String,
    /// The package that declares the type, with its version; for what a member mentions, which type it is.
    pub origin: String,
    /// Differs where the type does.
    #[serde(with = "token")]
    pub form: u128,
}

/// A token in text: not all who read JSON know numbers as large.
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

/// A line for each plugin.
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
    /// Reads what a library says of itself from the bytes of its file.
    ///
    /// Nothing of the library runs, and nothing of it is loaded: what is read is its headers and
    /// one section.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotALibrary`], [`Refusal::Truncated`], [`Refusal::Architecture`],
    /// [`Refusal::NotCdylib`], [`Refusal::NoManifest`], [`Refusal::ManifestTooLong`], [`Refusal::NoDropIn`],
    /// [`Refusal::ManifestFormat`], and [`Refusal::ManifestCorrupt`], in this order; and at any time
    /// [`Refusal::HeadersTooLong`].
    pub fn read(file: &File) -> Result<Self, Refusal> {
        Self::read_for(file, &Machine::this())
    }

    /// The same of bytes that are in memory.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse(bytes, &Machine::this())
    }

    /// Of a library for that machine.
    pub(crate) fn read_for(file: &File, machine: &Machine) -> Result<Self, Refusal> {
        Self::parse(&ReadCache::new(Blocks::new(file)), machine)
    }

    fn parse<'a>(data: impl ReadRef<'a>, machine: &Machine) -> Result<Self, Refusal> {
        Self::of_records(section::of_library(data, machine)?)
    }

    /// From the section's bytes.
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
        // The linker's order is another one in each build.
        plugins.sort_by(|a, b| (&a.file, a.line, &a.id).cmp(&(&b.file, b.line, &b.id)));
        manifest.plugins = plugins;
        Ok(manifest)
    }
}

impl Offer {
    /// From the bytes of one record.
    pub(crate) fn of_record(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes);
        match reader.record()? {
            Some((kind, mut record)) if kind == RecordKind::Plugin as u32 => record.plugin(),
            _ => Err(reader.corrupt()),
        }
    }
}

impl Offered {
    /// From the bytes of one record of a program.
    pub(crate) fn of_record(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes);
        match reader.record()? {
            Some((kind, mut record)) if kind == RecordKind::Interface as u32 => record.interface(),
            _ => Err(reader.corrupt()),
        }
    }
}
