//! What a library says of itself, read from the bytes of its file.

use std::cell::Cell;
use std::env::consts::ARCH;
use std::fmt::{self, Display, Write as _};
use std::fs::File;

use object::macho::{FatArch32, FatArch64};
use object::read::macho::{FatArch, MachOFatFile};
use object::read::{ReadCache, ReadRef};
use object::{
    Architecture, BinaryFormat, FileKind, Object as _, ObjectSection as _, ObjectSegment as _,
};
use plugin_core::__private::dropin::{MAGIC, Origin, Package, RecordKind};
use plugin_core::__private::module_path;
use serde::{Deserialize, Serialize};

use super::bytes::Blocks;
use super::capped::Capped;
#[cfg(all(unix, not(target_vendor = "apple")))]
use super::elf;
use super::fingerprint::Fingerprint;
use super::refusal::Refusal;
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

/// One interface of one plugin.
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

/// No manifest is as long as this, and no memory is asked for one that is.
const LONGEST: u64 = 2 << 20;
/// As much of a file is read, to find its manifest; it stays in memory for that time.
const MOST: u64 = 16 << 20;

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
        Self::parse(&ReadCache::new(Blocks::new(file)))
    }

    /// The same of bytes that are in memory.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse(bytes)
    }

    fn parse<'a>(data: impl ReadRef<'a>) -> Result<Self, Refusal> {
        let left = Cell::new(MOST);
        let data = Capped::new(data, &left).map_err(|()| Refusal::Truncated)?;
        section(data).and_then(Self::of_records).map_err(|refusal| {
            // Whatever it looks like is so because it was not read.
            match left.get() {
                0 => Refusal::HeadersTooLong { longest: MOST },
                _ => refusal,
            }
        })
    }

    /// From the section's bytes.
    pub(crate) fn of_records(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut manifest = None;
        let mut plugins = Vec::new();
        let mut reader = Reader { bytes, offset: 0 };
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
        let mut reader = Reader { bytes, offset: 0 };
        match reader.record()? {
            Some((kind, mut record)) if kind == RecordKind::Plugin as u32 => record.plugin(),
            _ => Err(reader.corrupt()),
        }
    }
}

/// The bytes of the section that has the manifest.
fn section<'a, R: ReadRef<'a>>(data: Capped<'_, R>) -> Result<&'a [u8], Refusal> {
    // It is a file that is to be written, rather than one of another kind.
    if data.len() == Ok(0) {
        return Err(Refusal::Truncated);
    }
    match object::FileKind::parse(data).map_err(|_| Refusal::NotALibrary)? {
        FileKind::MachOFat32 => of_universal::<FatArch32, R>(data),
        FileKind::MachOFat64 => of_universal::<FatArch64, R>(data),
        #[cfg(all(unix, not(target_vendor = "apple")))]
        FileKind::Elf32 | FileKind::Elf64 if elf::is_of_host(data) => elf::section(data),
        _ => of_any_format(data),
    }
}

/// That of one library among those for several processors: of this one, if it is there.
fn of_universal<'a, F: FatArch, R: ReadRef<'a>>(data: Capped<'_, R>) -> Result<&'a [u8], Refusal> {
    let universal = MachOFatFile::<F>::parse(data).map_err(|_| Refusal::Truncated)?;
    let arches = universal.arches();
    let is_of_host = |arch: &&F| name(arch.architecture()) == ARCH;
    let Some(arch) = arches.iter().find(is_of_host) else {
        let names: Vec<_> = arches
            .iter()
            .map(|arch| name(arch.architecture()))
            .collect();
        return Err(not_for_host(&names.join(", "), BinaryFormat::MachO));
    };
    let (offset, size) = arch.file_range();
    let part = data.part(offset, size).ok_or(Refusal::Truncated)?;
    match object::FileKind::parse(part) {
        Ok(FileKind::MachO32 | FileKind::MachO64) => of_any_format(part),
        _ => Err(Refusal::Truncated),
    }
}

fn of_any_format<'a, R: ReadRef<'a>>(data: Capped<'_, R>) -> Result<&'a [u8], Refusal> {
    let len = data.len().map_err(|()| Refusal::Truncated)?;
    // That it is one is certain, so what is missing is missing.
    let library = object::File::parse(data).map_err(|_| Refusal::Truncated)?;
    check_parts(len, library.segments().map(|segment| segment.file_range()))?;
    if name(library.architecture()) != ARCH || library.format() != HOST_FORMAT {
        return Err(not_for_host(
            &name(library.architecture()),
            library.format(),
        ));
    }
    let sections = library.sections();
    let named = sections.filter_map(|section| Some((section.name().ok()?.to_owned(), section)));
    let section = of_manifest(named)?;
    check_len(section.size())?;
    section.data().map_err(|_| Refusal::Truncated)
}

pub(super) fn check_parts(
    len: u64,
    mut parts: impl Iterator<Item = (u64, u64)>,
) -> Result<(), Refusal> {
    let is_within =
        |(offset, size): (u64, u64)| offset.checked_add(size).is_some_and(|end| end <= len);
    if parts.all(is_within) {
        Ok(())
    } else {
        Err(Refusal::Truncated)
    }
}

/// Among a library's sections, with their names, that of the manifest.
pub(super) fn of_manifest<N: AsRef<[u8]>, T>(
    sections: impl Iterator<Item = (N, T)>,
) -> Result<T, Refusal> {
    let mut found = None;
    for (name, section) in sections {
        match name.as_ref() {
            b".rustc" => return Err(Refusal::NotCdylib),
            b".dropin" | b"__dropin" => found = Some(section),
            _ => {}
        }
    }
    found.ok_or(Refusal::NoManifest)
}

pub(super) fn check_len(size: u64) -> Result<(), Refusal> {
    if size > LONGEST {
        return Err(Refusal::ManifestTooLong {
            size,
            longest: LONGEST,
        });
    }
    Ok(())
}

const HOST_FORMAT: BinaryFormat = if cfg!(windows) {
    BinaryFormat::Pe
} else if cfg!(target_vendor = "apple") {
    BinaryFormat::MachO
} else {
    BinaryFormat::Elf
};

/// As Rust calls it, as far as it has a name for it.
fn name(architecture: Architecture) -> String {
    match architecture {
        Architecture::I386 => "x86".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// The system's loader would find out as well, but it would not say so much.
fn not_for_host(architecture: &str, format: BinaryFormat) -> Refusal {
    Refusal::Architecture {
        library: format!("{architecture} ({format:?})"),
        host: format!("{ARCH} ({HOST_FORMAT:?})"),
    }
}

/// Bytes of which some are read already.
struct Reader<'a> {
    bytes: &'a [u8],
    /// Where in the manifest they begin.
    offset: usize,
}

impl<'a> Reader<'a> {
    fn corrupt(&self) -> Refusal {
        Refusal::ManifestCorrupt {
            offset: self.offset,
        }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.bytes.split_at_checked(len).ok_or(self.corrupt())?;
        self.bytes = rest;
        self.offset += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let corrupt = self.corrupt();
        self.take(N)?.try_into().map_err(|_| corrupt)
    }

    fn number(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    fn len(&mut self) -> Result<usize, Refusal> {
        let corrupt = self.corrupt();
        self.number()?.try_into().map_err(|_| corrupt)
    }

    fn text(&mut self) -> Result<&'a str, Refusal> {
        let len = self.len()?;
        let corrupt = self.corrupt();
        std::str::from_utf8(self.take(len)?).map_err(|_| corrupt)
    }

    fn string(&mut self) -> Result<String, Refusal> {
        self.text().map(str::to_owned)
    }

    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        let len = self.len()?;
        // It is as long as it says, or there is an error: no memory is asked for what it says.
        let mut list = Vec::new();
        for _ in 0..len {
            list.push(item(self)?);
        }
        Ok(list)
    }

    /// The kind and the payload of the next record, behind the zeros of the linker.
    fn record(&mut self) -> Result<Option<(u32, Reader<'a>)>, Refusal> {
        let zeros = self.bytes.iter().take_while(|byte| **byte == 0).count();
        self.take(zeros)?;
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let corrupt = self.corrupt();
        let [magic @ .., format]: [u8; MAGIC.len()] = self.array()?;
        let [expected @ .., host] = MAGIC;
        if magic != expected {
            return Err(corrupt);
        }
        if format != host {
            return Err(Refusal::ManifestFormat {
                library: format,
                host,
            });
        }
        let kind = self.number()?;
        let len = self.len()?;
        let offset = self.offset;
        let bytes = self.take(len)?;
        Ok(Some((kind, Reader { bytes, offset })))
    }

    fn at_end(&self) -> Result<(), Refusal> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(self.corrupt())
        }
    }

    fn header(&mut self) -> Result<Manifest, Refusal> {
        Ok(Manifest {
            fingerprint: Fingerprint {
                abi: self.number()?,
                release: self.string()?,
                commit: self.string()?,
                target: self.string()?,
                panic: self.string()?,
                flags: self.string()?,
            },
            package: self.string()?,
            version: self.string()?,
            plugins: Vec::new(),
        })
    }

    fn plugin(&mut self) -> Result<Offer, Refusal> {
        let corrupt = self.corrupt();
        // In the order of `Text` in plugin-core.
        let texts: Vec<&str> = self.text()?.splitn(8, '\0').collect();
        let [name, package, version, file, line, module, id, docs] = texts[..] else {
            return Err(corrupt);
        };
        Ok(Offer {
            name: name.to_owned(),
            id: id.to_owned(),
            package: package.to_owned(),
            version: version.to_owned(),
            docs: docs.to_owned(),
            module_path: module_path(module, id).to_owned(),
            file: file.to_owned(),
            line: line.parse().map_err(|_| corrupt)?,
            priority: self.array().map(i32::from_le_bytes)?,
            tags: self.list(|reader| Ok((reader.string()?, reader.string()?)))?,
            interfaces: self.list(Self::interface)?,
        })
    }

    fn reached(&mut self) -> Result<Reached, Refusal> {
        Ok(Reached {
            name: self.string()?,
            origin: self.string()?,
            form: self.array().map(u128::from_le_bytes)?,
        })
    }

    fn interface(&mut self) -> Result<Offered, Refusal> {
        Ok(Offered {
            path: self.string()?,
            version: self.string()?,
            token: self.array().map(u128::from_le_bytes)?,
            members: self.list(Self::string)?,
            reached: self.list(Self::reached)?,
        })
    }
}
