//! Finds the bases of an interface, and checks a plugin's list of interfaces, in constants.

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::marker::PhantomData;

use crate::{Interface, InterfaceInfo};

/// Not public API. Used by generated code.
///
/// `Probe::<dyn Trait>::INFO` is `Some` when the trait is an interface: the inherent constant is
/// then there, and is preferred to that of [`NotAnInterface`].
pub struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + Interface> Probe<T> {
    pub const INFO: Option<&'static InterfaceInfo> = Some(T::INFO);
}

/// Not public API. Used by generated code.
pub trait NotAnInterface {
    const INFO: Option<&'static InterfaceInfo> = None;
}

impl<T: ?Sized> NotAnInterface for Probe<T> {}

/// Not public API. Used by generated code.
///
/// The supertraits of one interface that are interfaces themselves.
pub struct Bases<const N: usize> {
    /// The bases, with repetitions behind the first `len`; `None` when there is no base.
    list: Option<[&'static InterfaceInfo; N]>,
    len: usize,
}

impl<const N: usize> Bases<N> {
    #[must_use]
    #[inline]
    pub const fn of(supertraits: [Option<&'static InterfaceInfo>; N]) -> Self {
        let mut bases = Self { list: None, len: 0 };
        let mut index = 0;
        while index < N {
            if let Some(base) = supertraits[index] {
                let mut list = match bases.list {
                    Some(list) => list,
                    None => [base; N],
                };
                list[bases.len] = base;
                bases = Self {
                    list: Some(list),
                    len: bases.len + 1,
                };
            }
            index += 1;
        }
        bases
    }

    #[must_use]
    #[inline]
    pub const fn list(&'static self) -> &'static [&'static InterfaceInfo] {
        match &self.list {
            Some(list) => list.split_at(self.len).0,
            None => &[],
        }
    }
}

/// A bit for each interface of a plugin's list that is there twice, or without its bases. A plugin of an
/// interface is then always found under the interface's bases as well.
#[inline]
pub(crate) const fn wrong(listed: &[&InterfaceInfo]) -> u32 {
    let mut wrong = 0;
    let mut index = 0;
    while index < listed.len() {
        if is_twice(listed, index) || misses_a_base(listed, listed[index]) {
            wrong |= 1 << index;
        }
        index += 1;
    }
    wrong
}

#[inline]
const fn is_twice(listed: &[&InterfaceInfo], index: usize) -> bool {
    contains(listed.split_at(index).0, listed[index])
}

#[inline]
const fn misses_a_base(listed: &[&InterfaceInfo], interface: &InterfaceInfo) -> bool {
    let mut base = 0;
    while base < interface.extends().len() {
        if !contains(listed, interface.extends()[base]) {
            return true;
        }
        base += 1;
    }
    false
}

/// Stops the build, and says what is wrong with the interface of that number.
#[track_caller]
#[inline]
pub(crate) const fn refuse(listed: &[&InterfaceInfo], index: usize) -> ! {
    let interface = listed[index];
    if is_twice(listed, index) {
        let mut text = Text::new();
        text.push(&[
            "`",
            interface.name(),
            "` is listed twice\nhelp: name it once",
        ]);
        panic!("{}", text.as_str());
    }
    missing_base(listed, interface)
}

#[track_caller]
#[inline]
const fn missing_base(listed: &[&InterfaceInfo], interface: &InterfaceInfo) -> ! {
    let mut text = Text::new();
    let mut list = Text::new();
    let mut index = 0;
    while index < listed.len() {
        list.push(&[if index == 0 { "" } else { ", " }, listed[index].name()]);
        index += 1;
    }
    text.push(&["`", interface.name(), "` extends "]);
    let mut base = 0;
    let mut first = true;
    while base < interface.extends().len() {
        let missing = interface.extends()[base];
        if !contains(listed, missing) {
            text.push(&[if first { "`" } else { " and `" }, missing.name(), "`"]);
            list.push(&[", ", missing.name()]);
            first = false;
        }
        base += 1;
    }
    text.push(&[
        ", which the plugin does not list\nhelp: `#[plugin(",
        list.as_str(),
        ")]`",
    ]);
    panic!("{}", text.as_str());
}

#[inline]
const fn contains(list: &[&InterfaceInfo], interface: &InterfaceInfo) -> bool {
    let mut index = 0;
    while index < list.len() {
        if list[index].key() == interface.key() {
            return true;
        }
        index += 1;
    }
    false
}

/// A text that can be put together while the program is compiled. What does not fit is cut off.
struct Text {
    bytes: [u8; 1024],
    len: usize,
}

impl Text {
    #[inline]
    const fn new() -> Self {
        Self {
            bytes: [0; 1024],
            len: 0,
        }
    }

    #[inline]
    const fn push(&mut self, parts: &[&str]) {
        let mut index = 0;
        while index < parts.len() {
            let part = parts[index].as_bytes();
            let mut byte = 0;
            while byte < part.len() && self.len < self.bytes.len() {
                self.bytes[self.len] = part[byte];
                self.len += 1;
                byte += 1;
            }
            index += 1;
        }
    }

    #[inline]
    const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            // Only when a name of many bytes was cut in the middle of a letter.
            Err(_) => "the plugin does not list the bases of one of its interfaces",
        }
    }
}
