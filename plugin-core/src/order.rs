//! The orders in which plugins and interfaces are listed: they are the same in every build.
//!
//! Everything is sorted here, by one type of key: the standard library's sort is most of the code of a
//! function that sorts, and is compiled for each type anew.

use core::cmp::Reverse;
use core::ptr;
use std::vec::Vec;

use crate::{InterfaceInfo, PluginInfo};

type Key = (
    Reverse<i32>,
    (&'static str, &'static str, &'static str, usize),
);

/// What all have where a part of the key does not matter.
// Not `""`, whose address leads nowhere: glibc's `memcmp` with AVX-512 takes two hundred nanoseconds to compare
// nothing there.
const NONE: &str = "-";

/// By priority, highest first; then by id, version, file, and line.
pub(crate) fn by_rank<T: Copy>(plugins: &[T], info: impl Fn(T) -> &'static PluginInfo) -> Vec<T> {
    sorted(plugins, |plugin| {
        let info = info(plugin);
        (Reverse(info.priority()), info.place())
    })
}

/// By id, version, file, and line.
pub(crate) fn by_place<T: Copy>(plugins: &[T], info: impl Fn(T) -> &'static PluginInfo) -> Vec<T> {
    sorted(plugins, |plugin| (Reverse(0), info(plugin).place()))
}

/// By [`address`], which differs from one run to the next.
pub(crate) fn by_address<T: Copy>(
    plugins: &[T],
    info: impl Fn(T) -> &'static PluginInfo,
) -> Vec<T> {
    let key = |plugin| (Reverse(0), (NONE, NONE, NONE, address(info(plugin))));
    sorted(plugins, key)
}

/// Tells a plugin from every other, even of one name, one id, and one line.
pub(crate) fn address(info: &PluginInfo) -> usize {
    ptr::from_ref(info).addr()
}

/// By name; those of one name by id, version, file, and line.
pub(crate) fn by_name(plugins: &[&'static PluginInfo]) -> Vec<&'static PluginInfo> {
    let by_place = by_place(plugins, |info| info);
    sorted(&by_place, |info| (Reverse(0), (info.name(), NONE, NONE, 0)))
}

/// By path, version, file, and line.
pub(crate) fn interfaces(interfaces: &[&'static InterfaceInfo]) -> Vec<&'static InterfaceInfo> {
    sorted(interfaces, |info| {
        let place = (
            info.path(),
            info.version(),
            info.file(),
            info.line() as usize,
        );
        (Reverse(0), place)
    })
}

/// Those that may be of one crate are neighbours: by the path within the crate, package, version, and line.
pub(crate) fn by_declaration(interfaces: &[&'static InterfaceInfo]) -> Vec<&'static InterfaceInfo> {
    sorted(interfaces, |info| {
        let place = (
            info.path_in_crate(),
            info.package(),
            info.version(),
            // Behind the library, its unit tests.
            info.line() as usize * 2 + usize::from(info.is_of_test()),
        );
        (Reverse(0), place)
    })
}

/// The texts, each once.
pub(crate) fn texts(texts: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let pairs = pairs(texts.map(|text| (text, NONE))).into_iter();
    pairs.map(|(text, _)| text).collect()
}

/// The pairs, each once.
pub(crate) fn pairs(
    pairs: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, &'static str)> {
    let mut pairs = all_pairs(pairs);
    pairs.dedup();
    pairs
}

/// The pairs, also those that are there several times.
pub(crate) fn all_pairs(
    pairs: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, &'static str)> {
    let pairs: Vec<_> = pairs.collect();
    sorted(&pairs, |(first, second)| {
        (Reverse(0), (first, second, NONE, 0))
    })
}

/// Those of one key stay in their order.
fn sorted<T: Copy>(items: &[T], key: impl Fn(T) -> Key) -> Vec<T> {
    let keys = items.iter().map(|item| key(*item)).zip(0..).collect();
    let positions = positions(keys).into_iter();
    positions.map(|position| items[position]).collect()
}

#[inline(never)]
fn positions(mut keys: Vec<(Key, usize)>) -> Vec<usize> {
    keys.sort_unstable();
    keys.into_iter().map(|(_, position)| position).collect()
}
