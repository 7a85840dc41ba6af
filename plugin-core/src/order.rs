//! In which order plugins and interfaces are listed: the same in every build, whatever the linker does.
//!
//! Everything is sorted here, by one type of key: the standard library's sort is most of the code of a
//! function that sorts, and is compiled for each type anew.

use core::cmp::Reverse;
use std::vec::Vec;

use crate::{InterfaceInfo, PluginInfo};

type Place = (&'static str, &'static str, &'static str, u32);

/// Where the plugins of the list go: by priority, highest first; then by id, version, file, and line.
pub(crate) fn by_rank(plugins: &[&'static PluginInfo]) -> Vec<usize> {
    positions(
        plugins
            .iter()
            .map(|info| (Reverse(info.priority()), info.place())),
    )
}

/// The plugins, in that order.
pub(crate) fn ranked(plugins: &[&'static PluginInfo]) -> Vec<&'static PluginInfo> {
    let positions = by_rank(plugins).into_iter();
    positions.map(|position| plugins[position]).collect()
}

/// The plugins by id, version, file, and line.
pub(crate) fn plugins(plugins: &[&'static PluginInfo]) -> Vec<&'static PluginInfo> {
    let keys = plugins.iter().map(|info| (Reverse(0), info.place()));
    let positions = positions(keys).into_iter();
    positions.map(|position| plugins[position]).collect()
}

/// The plugins by name, and then in the order of `plugins`.
pub(crate) fn by_name(all: &[&'static PluginInfo]) -> Vec<&'static PluginInfo> {
    let all = plugins(all);
    let keys = all
        .iter()
        .map(|info| (Reverse(0), (info.name(), "", "", 0)));
    let positions = positions(keys).into_iter();
    positions.map(|position| all[position]).collect()
}

/// The positions of the interfaces by path, version, file, and line.
pub(crate) fn interfaces(interfaces: &[&'static InterfaceInfo]) -> Vec<usize> {
    positions(interfaces.iter().map(|info| {
        let place = (info.path(), info.version(), info.file(), info.line());
        (Reverse(0), place)
    }))
}

/// The texts, each once.
pub(crate) fn texts(texts: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    pairs(texts.map(|text| (text, "")))
        .into_iter()
        .map(|(text, _)| text)
        .collect()
}

/// The pairs, each once.
pub(crate) fn pairs(
    pairs: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, &'static str)> {
    let pairs: Vec<_> = pairs.collect();
    let keys = pairs.iter();
    let positions = positions(keys.map(|(first, second)| (Reverse(0), (*first, *second, "", 0))));
    let mut sorted: Vec<_> = positions
        .into_iter()
        .map(|position| pairs[position])
        .collect();
    sorted.dedup();
    sorted
}

/// Equal ones stay in their order.
fn positions(keys: impl Iterator<Item = (Reverse<i32>, Place)>) -> Vec<usize> {
    sorted(keys.zip(0..).collect())
}

#[inline(never)]
fn sorted(mut keys: Vec<((Reverse<i32>, Place), usize)>) -> Vec<usize> {
    keys.sort_unstable();
    keys.into_iter().map(|(_, position)| position).collect()
}
