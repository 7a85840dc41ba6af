//! The registries of each subject: one of 1 plugin, one of 10, and so on.
//!
//! Up to a thousand, their plugins are declared one by one, in two other crates. Written like that,
//! more of them would take minutes to build: from ten thousand on, one array fills the section, or
//! the list.

// The hundred thousand are a constant.
#![allow(long_running_const_eval)]

pub mod by_hand;
#[cfg(feature = "peers")]
pub mod inventory;
pub mod linkme;
pub mod ours;
#[cfg(feature = "peers")]
pub mod scattered;

/// What every plugin does, whatever registers it.
pub trait Numbered: Send + Sync {
    /// The number of the plugin.
    fn number(&self) -> usize;
}

/// The object of every plugin.
#[derive(Clone, Copy)]
pub struct Number(pub usize);

impl Numbered for Number {
    fn number(&self) -> usize {
        self.0
    }
}

/// The objects of a large registry.
#[must_use]
pub const fn numbers<const N: usize>() -> [Number; N] {
    numbers_from(0)
}

/// The objects of a part of one.
#[must_use]
pub const fn numbers_from<const N: usize>(start: usize) -> [Number; N] {
    let mut numbers = [Number(0); N];
    let mut index = 0;
    while index < N {
        numbers[index] = Number(start + index);
        index += 1;
    }
    numbers
}

/// What is registered where the elements are data.
#[derive(Clone, Copy)]
pub struct Datum {
    /// The same name for all of them, so that the names take no room.
    pub name: &'static str,
    /// What a walk adds up.
    pub number: usize,
}

/// The datum of that number.
#[must_use]
pub const fn datum(number: usize) -> Datum {
    Datum {
        name: "datum",
        number,
    }
}

/// The data of a large registry.
#[must_use]
pub const fn data<const N: usize>() -> [Datum; N] {
    let mut data = [datum(0); N];
    let mut index = 0;
    while index < N {
        // The number alone: the compiler takes long to write an address into a large array.
        data[index].number = index;
        index += 1;
    }
    data
}

/// The objects, as providers of `Numbered`.
#[must_use]
pub const fn objects<const N: usize>(numbers: &'static [Number; N]) -> [&'static dyn Numbered; N] {
    let mut objects = [&numbers[0] as &dyn Numbered; N];
    let mut index = 0;
    while index < N {
        objects[index] = &numbers[index];
        index += 1;
    }
    objects
}
