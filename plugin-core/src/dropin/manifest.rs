//! What a library says of itself in its file: bytes in a section, made while it is compiled.
//!
//! The linker puts the records one behind the other, maybe with zeros between them.

use super::{ABI, BUILD, Build, Crossed, Reached};
use crate::{InterfaceInfo, Tag};

/// Not public API. Used by plugin-loader.
///
/// How each record begins. The last byte is the number of the format.
pub const MAGIC: [u8; 8] = *b"\xf0dropin\x01";

/// Not public API. Used by plugin-loader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    Header = 1,
    Plugin = 2,
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

#[inline]
const fn write_header(writer: &mut Writer<'_>, package: &str, version: &str, own_flags: &str) {
    let Build {
        release,
        commit,
        target,
        flags,
        panic,
    } = BUILD;
    writer.begin(RecordKind::Header);
    writer.number(ABI);
    writer.texts(&[release, commit, target, panic]);
    // As a command or a profile gives them to one crate.
    if contains(flags, own_flags) {
        writer.text(flags);
    } else {
        writer.text(own_flags);
    }
    writer.texts(&[package, version]);
    writer.end();
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
        write_interface(writer, interfaces[index], crossed[index]);
        index += 1;
    }
    writer.end();
}

#[inline]
const fn write_interface(writer: &mut Writer<'_>, interface: &InterfaceInfo, crossed: Crossed) {
    writer.text(interface.path());
    writer.text(interface.version());
    writer.bytes(&crossed.token.to_le_bytes());
    // What a token is made of, for who has to say why two of them differ.
    let members = interface.members();
    writer.number(count(members.len()));
    let mut index = 0;
    while index < members.len() {
        writer.text(members[index].signature());
        index += 1;
    }
    let reached = crossed.reached;
    writer.number(count(reached.len()));
    let mut index = 0;
    while index < reached.len() {
        let Reached { name, origin, form } = reached[index];
        writer.text(name);
        writer.text(origin);
        writer.bytes(&form.to_le_bytes());
        index += 1;
    }
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
