//! The records by which a library or a program describes itself: bytes in a section of its file, made by the compiler.
//!
//! The linker puts the records one behind the other, maybe with zeros between them.

use super::crossing::Crossing;
use super::{ABI, BUILD, Build, Crossed, Reached};
use crate::{InterfaceInfo, Tag};

/// Not public API. Used by plugin-loader.
///
/// How each record begins. The last byte is the number of the format.
pub const MAGIC: [u8; 8] = *b"\xf0dropin\x01";

/// Of a record, before what it says: `MAGIC`, its kind, and its length.
const HEAD: usize = MAGIC.len() + 8;

/// Not public API. Used by plugin-loader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    Header = 1,
    Plugin = 2,
    /// A program that loads libraries.
    Host = 3,
    /// An interface of such a program.
    Interface = 4,
}

/// Not public API. Used by generated code.
///
/// The record that each library has once.
#[must_use]
#[inline]
pub const fn header<const N: usize>(package: &str, version: &str, own_flags: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut writer = Writer::new(&mut bytes);
    write_header(&mut writer, package, version, own_flags);
    bytes
}

/// Not public API. Used by generated code.
#[must_use]
#[inline]
pub const fn header_len(package: &str, version: &str, own_flags: &str) -> usize {
    let mut writer = Writer::new(&mut []);
    write_header(&mut writer, package, version, own_flags);
    writer.len
}

/// Not public API. Used by generated code.
///
/// The record of one plugin, of which `text` has all texts, as in `PluginInfo`.
#[must_use]
#[inline]
pub const fn record<const N: usize>(
    text: &str,
    priority: i32,
    interfaces: &[&InterfaceInfo],
    tags: &[Tag],
    crossed: &[Crossed],
) -> [u8; N] {
    let mut bytes = [0; N];
    let mut writer = Writer::new(&mut bytes);
    write_record(&mut writer, text, priority, interfaces, tags, crossed);
    bytes
}

/// Not public API. Used by generated code.
#[must_use]
#[inline]
pub const fn record_len(
    text: &str,
    priority: i32,
    interfaces: &[&InterfaceInfo],
    tags: &[Tag],
    crossed: &[Crossed],
) -> usize {
    let mut writer = Writer::new(&mut []);
    write_record(&mut writer, text, priority, interfaces, tags, crossed);
    writer.len
}

/// Not public API. Used by plugin-loader.
///
/// The record that a program has once if plugin-loader is in it.
pub const HOST: [u8; HOST_LEN] = {
    let mut bytes = [0; HOST_LEN];
    write_host(&mut Writer::new(&mut bytes));
    bytes
};

/// Not public API. Used by plugin-loader.
pub const HOST_LEN: usize = {
    let mut writer = Writer::new(&mut []);
    write_host(&mut writer);
    writer.len
};

/// Not public API. Used by generated code.
///
/// The record of one interface that libraries may provide.
#[must_use]
#[inline]
pub const fn known<I: ?Sized + Crossing, const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    write_known::<I>(&mut Writer::new(&mut bytes));
    bytes
}

/// Not public API. Used by generated code.
#[must_use]
#[inline]
pub const fn known_len<I: ?Sized + Crossing>() -> usize {
    let mut writer = Writer::new(&mut []);
    write_known::<I>(&mut writer);
    writer.len
}

#[inline]
const fn write_header(writer: &mut Writer<'_>, package: &str, version: &str, own_flags: &str) {
    writer.begin(RecordKind::Header);
    // As a command or a profile gives them to one crate.
    if contains(BUILD.flags, own_flags) {
        write_build(writer, BUILD.flags);
    } else {
        write_build(writer, own_flags);
    }
    writer.texts(&[package, version]);
    writer.end();
}

const fn write_host(writer: &mut Writer<'_>) {
    // Its interfaces may be in other files.
    if cfg!(feature = "dylib") {
        return;
    }
    let version = match option_env!("CARGO_PKG_VERSION") {
        Some(version) => version,
        None => "",
    };
    writer.begin(RecordKind::Host);
    write_build(writer, BUILD.flags);
    writer.text(version);
    writer.number(BUILD.is_static as u32);
    writer.number(BUILD.has_debug_assertions as u32);
    writer.end();
}

#[inline]
const fn write_build(writer: &mut Writer<'_>, flags: &str) {
    let Build {
        release,
        commit,
        target,
        panic,
        ..
    } = BUILD;
    writer.number(ABI);
    writer.texts(&[release, commit, target, panic, flags]);
}

/// Whether the text is a part of the whole.
const fn contains(whole: &str, text: &str) -> bool {
    let (whole, text) = (whole.as_bytes(), text.as_bytes());
    let mut start = 0;
    while start + text.len() <= whole.len() {
        let mut len = 0;
        while len < text.len() && whole[start + len] == text[len] {
            len += 1;
        }
        if len == text.len() {
            return true;
        }
        start += 1;
    }
    false
}

#[inline]
const fn write_record(
    writer: &mut Writer<'_>,
    text: &str,
    priority: i32,
    interfaces: &[&InterfaceInfo],
    tags: &[Tag],
    crossed: &[Crossed],
) {
    writer.begin(RecordKind::Plugin);
    writer.text(text);
    writer.bytes(&priority.to_le_bytes());
    writer.number(count(tags.len()));
    let mut index = 0;
    while index < tags.len() {
        writer.text(tags[index].key());
        writer.text(tags[index].value());
        index += 1;
    }
    writer.number(count(interfaces.len()));
    let mut index = 0;
    while index < interfaces.len() {
        // As a program says it, but for the beginning of the record.
        writer.bytes(crossed[index].record.split_at(HEAD).1);
        index += 1;
    }
    writer.end();
}

#[inline]
const fn write_known<I: ?Sized + Crossing>(writer: &mut Writer<'_>) {
    writer.begin(RecordKind::Interface);
    writer.text(I::INFO.path());
    writer.text(I::INFO.version());
    writer.bytes(&I::TOKEN.to_le_bytes());
    // What a token is made of, for who has to say why two of them differ.
    let members = I::INFO.members();
    writer.number(count(members.len()));
    let mut index = 0;
    while index < members.len() {
        writer.text(members[index].signature());
        index += 1;
    }
    let reached = I::REACHED;
    writer.number(count(reached.len()));
    let mut index = 0;
    while index < reached.len() {
        let Reached { name, origin, form } = reached[index];
        writer.text(name);
        writer.text(origin);
        writer.bytes(&form.to_le_bytes());
        index += 1;
    }
    writer.end();
}

#[expect(clippy::cast_possible_truncation, reason = "it is checked")]
#[inline]
const fn count(count: usize) -> u32 {
    assert!(count <= u32::MAX as usize, "a manifest is too long");
    count as u32
}

/// Writes where there is room, and counts in any case.
struct Writer<'a> {
    room: &'a mut [u8],
    len: usize,
    /// Where the length of the record is to be written.
    start: usize,
}

impl<'a> Writer<'a> {
    #[inline]
    const fn new(room: &'a mut [u8]) -> Self {
        Self {
            room,
            len: 0,
            start: 0,
        }
    }

    #[inline]
    const fn begin(&mut self, kind: RecordKind) {
        self.bytes(&MAGIC);
        self.number(kind as u32);
        self.number(0);
        self.start = self.len;
    }

    #[inline]
    const fn end(&mut self) {
        let len = count(self.len - self.start).to_le_bytes();
        let end = self.len;
        self.len = self.start - len.len();
        self.bytes(&len);
        self.len = end;
    }

    #[inline]
    const fn number(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    #[inline]
    const fn texts(&mut self, texts: &[&str]) {
        let mut index = 0;
        while index < texts.len() {
            self.text(texts[index]);
            index += 1;
        }
    }

    #[inline]
    const fn text(&mut self, text: &str) {
        self.number(count(text.len()));
        self.bytes(text.as_bytes());
    }

    #[inline]
    const fn bytes(&mut self, bytes: &[u8]) {
        // Where only the length is wanted, there is no room, and nothing to go through.
        if !self.room.is_empty() {
            let mut index = 0;
            while index < bytes.len() {
                self.room[self.len + index] = bytes[index];
                index += 1;
            }
        }
        self.len += bytes.len();
    }
}
