//! The plugins of a crate that a drop-in may name.
//!
//! Each of them has a type whose name has a number. Which there are, the crate's metadata say, where the
//! compiler has each name as text.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::{Compilation, Extern, position};

/// What the name of such a type begins with.
const PLACE: &str = "__PluginOffered";
const DIGITS: usize = 16;

/// One plugin: no other one in the program has its number.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) key: u64,
}

/// What a drop-in offers of a crate that it names.
pub(crate) struct Named {
    pub(crate) name: Ident,
    pub(crate) keys: BTreeSet<u64>,
}

impl Named {
    /// What is said where there is nothing to offer.
    pub(crate) fn refusal(&self) -> String {
        format!(
            "`{}` has no plugin that a drop-in can offer\n\
             help: a plugin can be offered where each of its interfaces has `#[interface(dropin)]`",
            self.name
        )
    }
}

impl Compilation {
    /// The plugins of a dependency; `None` if it is none.
    pub(crate) fn plugins_of(&self, name: &Ident) -> Option<Named> {
        let krate = self
            .dependencies()
            .find(|krate| name.unraw() == krate.name)?;
        Some(Named {
            name: name.clone(),
            keys: krate.offered(),
        })
    }

    pub(crate) fn next_place(&self) -> Place {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut hash = DefaultHasher::new();
        (self.identity, COUNT.fetch_add(1, Ordering::Relaxed)).hash(&mut hash);
        let key = hash.finish();
        Place {
            name: format!("{PLACE}{key:0DIGITS$X}"),
            key,
        }
    }
}

impl Extern {
    /// The numbers of its plugins.
    pub(crate) fn offered(&self) -> BTreeSet<u64> {
        let files = [&self.path, &self.metadata].into_iter().flatten();
        files
            .filter_map(|path| fs::read(path).ok())
            .flat_map(|bytes| keys(&bytes))
            .collect()
    }
}

fn keys(mut bytes: &[u8]) -> BTreeSet<u64> {
    let mut keys = BTreeSet::new();
    while let Some(start) = position(bytes, PLACE.as_bytes()) {
        bytes = &bytes[start + PLACE.len()..];
        let digits = bytes.get(..DIGITS).unwrap_or_default();
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        keys.extend(u64::from_str_radix(digits, 16));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn each_number_is_read_once() {
        let bytes = b"\x1f__PluginOffered00000000000000FF\xc1__PluginOffered\0__PluginOfferedFEDCBA9876543210\
            __PluginOffered00000000000000FF__PluginOffered12";
        let keys: Vec<u64> = keys(bytes).into_iter().collect();
        assert_eq!(keys, [0xff, 0xfedc_ba98_7654_3210]);
    }
}
