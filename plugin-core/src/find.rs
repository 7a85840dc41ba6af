//! Plugins by name: an index that is made on its first use.

mod error;
mod nearest;

pub use self::error::{Ambiguous, FindError, NotFound, OnlyError, Tie};
pub(crate) use self::nearest::{Quoted, nearest};

use core::hash::{BuildHasher as _, Hasher as _};
use std::boxed::Box;

use foldhash::fast::FixedState;

use crate::{Plugin, PluginInfo};

/// Where the plugins of one interface are in its slot, by name and by id.
///
/// A table of open addressing, in which each word is the upper half of a hash, and an [`Entry`].
pub(crate) struct Index(Box<[u64]>);

/// The lower half of a word: a place in the slot, and what the text is. 0 where there is none.
#[derive(Clone, Copy)]
struct Entry(u32);

impl Entry {
    /// There is one.
    const SOME: u32 = 1 << 31;
    /// The text is the plugin's id, not its name.
    const ID: u32 = 1 << 30;
    /// Another plugin has the text too.
    const SHARED: u32 = 1 << 29;

    const MOST: usize = 1 << 29;

    fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    fn place(self) -> usize {
        self.0 as usize & (Self::MOST - 1)
    }

    #[inline]
    fn is(self, text: &str, info: &PluginInfo) -> bool {
        if self.has(Self::ID) {
            info.has_id(text)
        } else {
            info.is_called(text)
        }
    }
}

/// What an index knows of a name.
pub(crate) enum Found<T> {
    One(T),
    Several,
    None,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of a hash is meant, or of a word"
)]
impl Index {
    #[cold]
    pub(crate) fn new(plugins: &[&'static PluginInfo]) -> Self {
        assert!(
            plugins.len() < Entry::MOST,
            "an index has room for {} plugins",
            Entry::MOST
        );
        // Between a third and two thirds full, each plugin being there twice.
        let room = (plugins.len() * 3).next_power_of_two().max(2);
        let mut index = Self(std::vec![0; room].into());
        for (place, info) in (0..).zip(plugins) {
            index.add(info.name(), Entry(Entry::SOME | place), plugins);
        }
        for (place, info) in (0..).zip(plugins) {
            index.add(info.id(), Entry(Entry::SOME | Entry::ID | place), plugins);
        }
        index
    }

    fn add(&mut self, text: &str, entry: Entry, plugins: &[&'static PluginInfo]) {
        let hash = hash(text);
        let is_it = |other: Entry| other.is(text, plugins[other.place()]).then_some(other);
        match self.probe(hash, is_it) {
            // A name is preferred to an id.
            Ok((word, other)) if other.has(Entry::ID) == entry.has(Entry::ID) => {
                self.0[word] |= u64::from(Entry::SHARED);
            }
            Ok(_) => {}
            Err(word) => self.0[word] = hash & !u64::from(u32::MAX) | u64::from(entry.0),
        }
    }

    /// The first entry whose text has this hash, and of which `get` makes something; or the free word.
    #[inline]
    fn probe<T>(
        &self,
        hash: u64,
        mut get: impl FnMut(Entry) -> Option<T>,
    ) -> Result<(usize, T), usize> {
        let words = &*self.0;
        let mask = words.len() - 1;
        let mut at = hash as usize & mask;
        // The mask keeps it within.
        while let Some(word) = words.get(at) {
            let entry = Entry(*word as u32);
            if entry.0 == 0 {
                break;
            }
            if (word ^ hash) >> 32 == 0 {
                if let Some(got) = get(entry) {
                    return Ok((at, got));
                }
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    #[inline]
    pub(crate) fn find<I: ?Sized>(
        &self,
        name: &str,
        plugins: &'static [Plugin<I>],
    ) -> Found<&'static Plugin<I>> {
        let get = |entry: Entry| {
            let plugin = plugins.get(entry.place())?;
            entry.is(name, plugin.info).then_some((entry, plugin))
        };
        match self.probe(hash(name), get) {
            Ok((_, (entry, plugin))) if !entry.has(Entry::SHARED) => Found::One(plugin),
            Ok(_) => Found::Several,
            Err(_) => Found::None,
        }
    }
}

// The texts are the program's own: nobody can choose them so that they collide.
#[inline]
fn hash(text: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}
