//! Plugins by name: an index that is made on its first use.

mod error;
mod nearest;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use self::error::candidates;
pub use self::error::{Ambiguous, FindError, NotFound, OnlyError, Tie};
pub(crate) use self::nearest::{Quoted, nearest};
pub use self::words::{Missing, Several, those_called};

use core::hash::{BuildHasher as _, Hasher as _};
use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec::Vec;

use foldhash::fast::FixedState;

use crate::order::address;
use crate::{PluginInfo, order};

/// Where the plugins of one interface are in its slot, by name, by id, and by qualified id.
pub struct Index {
    /// A table of open addressing. Each word is the upper half of a hash, and an [`Entry`].
    words: Box<[u64]>,
    /// The qualified ids, by the addresses of the plugins. Empty if every id finds its plugin.
    qualified: Vec<(&'static PluginInfo, Box<str>)>,
}

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
    /// With `ID`: the text is a qualified id. With `SHARED` too: the id and the version of several.
    const QUALIFIED: u32 = 1 << 28;

    const MOST: usize = 1 << 28;

    fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    fn place(self) -> usize {
        self.0 as usize & (Self::MOST - 1)
    }
}

/// What an index knows of a text.
#[derive(Debug, PartialEq)]
pub enum Found<T> {
    /// This plugin.
    One(T),
    /// More than one, which is none.
    Several,
    /// No plugin.
    None,
}

/// A plugin, and its place in the slot.
type Placed = (u32, &'static PluginInfo);

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of a hash is meant, or of a word"
)]
impl Index {
    /// # Panics
    ///
    /// If there are more plugins than an index has room for.
    #[cold]
    #[must_use]
    pub fn new(plugins: &[&'static PluginInfo]) -> Self {
        assert!(
            plugins.len() < Entry::MOST,
            "an index has room for {} plugins",
            Entry::MOST
        );
        let texts = 2 * plugins.len();
        let mut index = Self::with_room(texts);
        if index.add_names_and_ids(plugins).is_ok() {
            return index;
        }
        let is_lost = |(place, info): &Placed| {
            let found = index.find(info.id(), |place| at(plugins, place));
            found != Found::One(*place as usize)
        };
        let lost: Vec<Placed> = (0..).zip(plugins.iter().copied()).filter(is_lost).collect();
        // Each has a qualified id. Where several share an id and a version, they share one entry for both,
        // and have one entry less for the id.
        let mut index = Self::with_room(texts + lost.len());
        _ = index.add_names_and_ids(plugins);
        index.qualify(&lost, plugins);
        index
    }

    /// At most two thirds full, with that many texts.
    fn with_room(texts: usize) -> Self {
        let room = (texts * 3 / 2).next_power_of_two().max(2);
        Self {
            words: std::vec![0; room].into(),
            qualified: Vec::new(),
        }
    }

    /// Fails if some id may not find its plugin.
    fn add_names_and_ids(&mut self, plugins: &[&'static PluginInfo]) -> Result<(), Taken> {
        for (place, info) in (0..).zip(plugins) {
            _ = self.add(info.name(), Entry(Entry::SOME | place), plugins);
        }
        let mut result = Ok(());
        for (place, info) in (0..).zip(plugins) {
            let entry = Entry(Entry::SOME | Entry::ID | place);
            result = self.add(info.id(), entry, plugins).and(result);
        }
        result
    }

    /// Gives a text of its own to each plugin that its id does not find: `id@version`, or `id@version#1`
    /// and so on for several of one id and version. Where there is no version, it is `id#1`.
    fn qualify(&mut self, lost: &[Placed], plugins: &[&'static PluginInfo]) {
        let get = |place| at(plugins, place);
        let bits = Entry::SOME | Entry::ID | Entry::QUALIFIED;
        let lost = order::by_place(lost, |(_, info)| info);
        let mut qualified = Vec::with_capacity(lost.len());
        let key = |(_, info): &Placed| (info.id(), info.version());
        for same in lost.chunk_by(|left, right| key(left) == key(right)) {
            let both = same[0].1.id_and_version();
            let numbered = (1_usize..).map(|number| format!("{both}#{number}"));
            // A name may be anything, even one of these.
            let mut free = [both.clone()]
                .into_iter()
                .skip(usize::from(same.len() > 1))
                .chain(numbered)
                .filter(|text| self.find(text, get) == Found::None)
                .map(String::into_boxed_str);
            qualified.extend(same.iter().copied().zip(&mut free));
            if same.len() > 1 {
                _ = self.add(&both, Entry(bits | Entry::SHARED | same[0].0), plugins);
            }
        }
        let all: Vec<usize> = (0..qualified.len()).collect();
        let by_address = order::by_address(&all, |index| qualified[index].0.1).into_iter();
        self.qualified = by_address
            .map(|index| (qualified[index].0.1, qualified[index].1.clone()))
            .collect();
        for ((place, _), text) in qualified {
            _ = self.add(&text, Entry(bits | place), plugins);
        }
    }

    fn add(
        &mut self,
        text: &str,
        entry: Entry,
        plugins: &[&'static PluginInfo],
    ) -> Result<(), Taken> {
        let hash = hash(text);
        let is_it = |other: Entry| {
            let is_it = self.is(other, text, plugins[other.place()]);
            is_it.then_some(other)
        };
        match self.probe(hash, is_it) {
            Ok((word, other)) => {
                // A name is preferred to an id.
                if other.has(Entry::ID) == entry.has(Entry::ID) {
                    self.words[word] |= u64::from(Entry::SHARED);
                }
                Err(Taken)
            }
            Err(word) => {
                self.words[word] = hash & !u64::from(u32::MAX) | u64::from(entry.0);
                Ok(())
            }
        }
    }

    /// The first entry whose text has this hash, and of which `get` makes something; or the free word.
    #[inline]
    fn probe<T>(
        &self,
        hash: u64,
        mut get: impl FnMut(Entry) -> Option<T>,
    ) -> Result<(usize, T), usize> {
        let words = &*self.words;
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

    /// The plugin that a text finds, given what is at each place of the slot.
    #[inline]
    pub fn find<T>(
        &self,
        text: &str,
        at: impl Fn(usize) -> Option<(T, &'static PluginInfo)>,
    ) -> Found<T> {
        let get = |entry: Entry| {
            let (plugin, info) = at(entry.place())?;
            self.is(entry, text, info).then_some((entry, plugin))
        };
        match self.probe(hash(text), get) {
            Ok((_, (entry, plugin))) if !entry.has(Entry::SHARED) => Found::One(plugin),
            Ok(_) => Found::Several,
            Err(_) => Found::None,
        }
    }

    /// The text that finds this plugin and no other: its name, its id, or its qualified id.
    ///
    /// A plugin that is not in the slot is called by its name, if that is not another's.
    pub fn text_of(
        &self,
        info: &'static PluginInfo,
        at: impl Fn(usize) -> Option<&'static PluginInfo>,
    ) -> &str {
        let is_found = |text| match self.find(text, |place| at(place).map(|info| (info, info))) {
            Found::One(found) => Some(found == info),
            Found::Several => Some(false),
            Found::None => None,
        };
        if is_found(info.name()) != Some(false) {
            return info.name();
        }
        match self.qualified(info) {
            Some(qualified) => qualified,
            None => info.id(),
        }
    }

    fn qualified(&self, info: &PluginInfo) -> Option<&str> {
        let position = self
            .qualified
            .binary_search_by_key(&address(info), |(info, _)| address(info));
        Some(&self.qualified[position.ok()?].1)
    }

    /// Whether an entry for this plugin is for this text.
    #[inline]
    fn is(&self, entry: Entry, text: &str, info: &PluginInfo) -> bool {
        if entry.has(Entry::ID) {
            self.is_id(entry, text, info)
        } else {
            info.is_called(text)
        }
    }

    // Fewer people search for ids.
    #[cold]
    fn is_id(&self, entry: Entry, text: &str, info: &PluginInfo) -> bool {
        match (entry.has(Entry::QUALIFIED), entry.has(Entry::SHARED)) {
            (false, _) => info.id() == text,
            (true, false) => self.qualified(info) == Some(text),
            (true, true) => info.is_of_version(text),
        }
    }
}

/// A text is in the index already.
#[derive(Debug)]
struct Taken;

fn at(plugins: &[&'static PluginInfo], place: usize) -> Option<(usize, &'static PluginInfo)> {
    Some((place, plugins.get(place)?))
}

// The texts are the program's own: nobody can choose them so that they collide.
#[inline]
fn hash(text: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}
