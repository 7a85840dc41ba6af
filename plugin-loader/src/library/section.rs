//! Finds the section with the description of a library or program in an ELF, Mach-O, or PE file.

use std::cell::Cell;
use std::env::consts::ARCH;
use std::fmt::{self, Display};

use object::macho::{FatArch32, FatArch64};
use object::read::ReadRef;
use object::read::macho::{FatArch, MachOFatFile};
use object::{
    Architecture, BinaryFormat, FileKind, Object as _, ObjectSection as _, ObjectSegment as _,
};

use super::capped::Capped;
#[cfg(all(unix, not(target_vendor = "apple")))]
use super::elf;
use super::refusal::Refusal;

/// The kind of file, which determines the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A library, which describes its plugins.
    Library,
    /// A program, which describes its interfaces.
    Program,
}

/// The processor and the system that a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Machine {
    architecture: String,
    format: BinaryFormat,
}

impl Machine {
    pub(crate) fn this() -> Self {
        Self {
            architecture: ARCH.to_owned(),
            format: THIS_FORMAT,
        }
    }

    /// The file extension of libraries on this machine.
    pub(crate) fn suffix(&self) -> &'static str {
        match self.format {
            BinaryFormat::Pe => "dll",
            BinaryFormat::MachO => "dylib",
            _ => "so",
        }
    }
}

impl Display for Machine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({:?})", self.architecture, self.format)
    }
}

/// The longest section that is read. No memory is allocated for a longer one.
const LONGEST: u64 = 2 << 20;
/// The most bytes that are read to find the section. They stay in memory meanwhile.
const MOST: u64 = 16 << 20;

/// The section of a library for this machine.
pub(super) fn of_library<'a>(
    data: impl ReadRef<'a>,
    machine: &Machine,
) -> Result<&'a [u8], Refusal> {
    capped(data, |data| section(data, Kind::Library, Some(machine))).map(|(section, _)| section)
}

/// The section of a program, and the machine that the program is for.
pub(super) fn of_program<'a>(data: impl ReadRef<'a>) -> Result<(&'a [u8], Machine), Refusal> {
    capped(data, |data| section(data, Kind::Program, None))
}

fn capped<'a, R: ReadRef<'a>, T>(
    data: R,
    read: impl FnOnce(Capped<'_, R>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let left = Cell::new(MOST);
    let data = Capped::new(data, &left).map_err(|()| Refusal::Truncated)?;
    read(data).map_err(|refusal| {
        // At the limit, any other refusal may only be due to the bytes that were not read.
        match left.get() {
            0 => Refusal::HeadersTooLong { longest: MOST },
            _ => refusal,
        }
    })
}

/// The section and the machine of a file. If `wanted` is `None`, the file may be for any machine.
fn section<'a, R: ReadRef<'a>>(
    data: Capped<'_, R>,
    kind: Kind,
    wanted: Option<&Machine>,
) -> Result<(&'a [u8], Machine), Refusal> {
    // An empty file is probably about to be written.
    if data.len() == Ok(0) {
        return Err(Refusal::Truncated);
    }
    match FileKind::parse(data).map_err(|_| Refusal::NotALibrary)? {
        FileKind::MachOFat32 => of_universal::<FatArch32, R>(data, kind, wanted),
        FileKind::MachOFat64 => of_universal::<FatArch64, R>(data, kind, wanted),
        #[cfg(all(unix, not(target_vendor = "apple")))]
        FileKind::Elf32 | FileKind::Elf64
            if elf::is_of_this_machine(data)
                && wanted.is_none_or(|wanted| *wanted == Machine::this()) =>
        {
            Ok((elf::section(data, kind)?, Machine::this()))
        }
        _ => of_any_format(data, kind, wanted),
    }
}

/// The section in a universal binary: that of the wanted processor, or of this one.
fn of_universal<'a, F: FatArch, R: ReadRef<'a>>(
    data: Capped<'_, R>,
    kind: Kind,
    wanted: Option<&Machine>,
) -> Result<(&'a [u8], Machine), Refusal> {
    let universal = MachOFatFile::<F>::parse(data).map_err(|_| Refusal::Truncated)?;
    let arches = universal.arches();
    let architecture = wanted.map_or(ARCH, |wanted| &wanted.architecture);
    let is_wanted = |arch: &&F| name(arch.architecture()) == architecture;
    let Some(arch) = arches.iter().find(is_wanted) else {
        let names: Vec<_> = arches
            .iter()
            .map(|arch| name(arch.architecture()))
            .collect();
        let machine = Machine {
            architecture: names.join(", "),
            format: BinaryFormat::MachO,
        };
        return Err(not_for(wanted.unwrap_or(&Machine::this()), &machine));
    };
    let (offset, size) = arch.file_range();
    let part = data.part(offset, size).ok_or(Refusal::Truncated)?;
    match FileKind::parse(part) {
        Ok(FileKind::MachO32 | FileKind::MachO64) => of_any_format(part, kind, wanted),
        _ => Err(Refusal::Truncated),
    }
}

fn of_any_format<'a, R: ReadRef<'a>>(
    data: Capped<'_, R>,
    kind: Kind,
    wanted: Option<&Machine>,
) -> Result<(&'a [u8], Machine), Refusal> {
    let len = data.len().map_err(|()| Refusal::Truncated)?;
    // That it is one is certain, so what is missing is missing.
    let file = object::File::parse(data).map_err(|_| Refusal::Truncated)?;
    check_parts(len, file.segments().map(|segment| segment.file_range()))?;
    let machine = Machine {
        architecture: name(file.architecture()),
        format: file.format(),
    };
    if let Some(wanted) = wanted.filter(|wanted| **wanted != machine) {
        return Err(not_for(wanted, &machine));
    }
    let sections = file.sections();
    let named = sections.filter_map(|section| Some((section.name().ok()?.to_owned(), section)));
    let section = kind.find(named)?;
    check_len(section.size())?;
    let bytes = section.data().map_err(|_| Refusal::Truncated)?;
    Ok((bytes, machine))
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

impl Kind {
    /// Finds the section with the description among the sections of a file.
    pub(super) fn find<N: AsRef<[u8]>, T>(
        self,
        sections: impl Iterator<Item = (N, T)>,
    ) -> Result<T, Refusal> {
        let mut found = None;
        for (name, section) in sections {
            match (self, name.as_ref()) {
                (Self::Library, b".rustc") => return Err(Refusal::NotCdylib),
                (Self::Library, b".dropin" | b"__dropin")
                | (Self::Program, b".dropinh" | b"__dropin_host") => {
                    found = Some(section);
                }
                _ => {}
            }
        }
        found.ok_or(Refusal::NoManifest)
    }
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

const THIS_FORMAT: BinaryFormat = if cfg!(windows) {
    BinaryFormat::Pe
} else if cfg!(target_vendor = "apple") {
    BinaryFormat::MachO
} else {
    BinaryFormat::Elf
};

/// The name of the architecture in Rust, if Rust has one.
fn name(architecture: Architecture) -> String {
    match architecture {
        Architecture::I386 => "x86".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// The system's loader would also refuse the file, but with a poorer message.
fn not_for(host: &Machine, library: &Machine) -> Refusal {
    Refusal::Architecture {
        library: library.to_string(),
        host: host.to_string(),
    }
}
