//! Finds the section in an ELF file by its headers, without reading its symbols, which may be many.

use object::Endianness;
use object::elf::{self, Machine};
use object::read::ReadRef;
use object::read::elf::{FileHeader as _, ProgramHeader as _, SectionHeader as _};

use super::capped::Capped;
use super::refusal::Refusal;
use super::section::{Kind, check_len, check_parts};

#[cfg(target_pointer_width = "64")]
pub(super) type Header = elf::FileHeader64<Endianness>;
#[cfg(not(target_pointer_width = "64"))]
pub(super) type Header = elf::FileHeader32<Endianness>;

/// Whether a file is for this processor. This is `false` for processors that are not listed in `HOST`.
pub(super) fn is_of_this_machine<'a>(data: impl ReadRef<'a>) -> bool {
    let machine = || {
        let header = Header::parse(data).ok()?;
        Some(header.e_machine(header.endian().ok()?))
    };
    HOST.is_some() && machine() == HOST
}

const HOST: Option<Machine> = if cfg!(target_arch = "x86_64") {
    Some(elf::EM_X86_64)
} else if cfg!(target_arch = "aarch64") {
    Some(elf::EM_AARCH64)
} else if cfg!(target_arch = "x86") {
    Some(elf::EM_386)
} else if cfg!(target_arch = "arm") {
    Some(elf::EM_ARM)
} else if cfg!(any(target_arch = "riscv64", target_arch = "riscv32")) {
    Some(elf::EM_RISCV)
} else {
    None
};

/// The bytes of the section with the description.
pub(super) fn section<'a, R: ReadRef<'a>>(
    data: Capped<'_, R>,
    kind: Kind,
) -> Result<&'a [u8], Refusal> {
    let truncated = |_| Refusal::Truncated;
    let len = data.len().map_err(|()| Refusal::Truncated)?;
    let header = Header::parse(data).map_err(truncated)?;
    let endian = header.endian().map_err(truncated)?;
    let segments = header.program_headers(endian, data).map_err(truncated)?;
    check_parts(
        len,
        segments.iter().map(|segment| segment.file_range(endian)),
    )?;
    let sections = header.sections(endian, data).map_err(truncated)?;
    let named = sections.iter().filter_map(|section| {
        let name = sections.section_name(endian, section).ok()?;
        Some((name, section))
    });
    let section = kind.find(named)?;
    check_len(section.file_range(endian).map_or(0, |(_, size)| size))?;
    section.data(endian, data).map_err(truncated)
}
