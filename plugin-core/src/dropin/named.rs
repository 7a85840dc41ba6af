//! The plugins of a crate that a drop-in names: `dropin!(metals)`.
//!
//! Their crate knows of no drop-in, and is the same in each program that links it. All that it has for
//! this is a type for each plugin, by which the drop-in finds the plugin's info while it is compiled: so what its
//! file says of them is made in the drop-in, and is data of its own.

use super::Crossed;
use super::manifest::{record, record_len};
use crate::PluginInfo;
use crate::info::Described;

/// Not public API. Used by generated code.
///
/// The plugin with this number, which is that of no other plugin.
pub struct Offered<const KEY: u64>;

/// Not public API. Used by generated code.
///
/// Implemented for [`Offered`] in the plugin's crate, where only `Place` is a type of that crate. There is one impl
/// for each number, so a drop-in need not know the place: it is inferred.
#[diagnostic::on_unimplemented(
    message = "the plugins of this crate were made with another copy of plugin-core\n\
               help: let both crates depend on one version of it: `cargo tree --duplicates` shows where others come from",
    label = "its plugins are none for this copy"
)]
pub trait Offer<Place> {
    const INFO: &'static Described<[u8]>;
}

/// Not public API. Used by generated code.
///
/// One plugin of a crate that the drop-in names.
pub struct Named {
    pub(super) info: &'static PluginInfo,
    /// Empty if the plugin cannot be offered.
    pub(super) record: &'static [u8],
}

impl Named {
    #[must_use]
    pub const fn new(info: &'static PluginInfo, record: &'static [u8]) -> Self {
        Self { info, record }
    }
}

/// As many interfaces as `#[plugin]` accepts.
const MOST: usize = 16;

/// What has to be the same on both sides for the plugin's interfaces; `None` if one of them may not be crossed.
const fn crossed(info: &PluginInfo) -> Option<[Crossed; MOST]> {
    let interfaces = info.kind().interfaces;
    let mut crossed = [Crossed {
        token: 0,
        reached: &[],
    }; MOST];
    let mut index = 0;
    while index < interfaces.len() {
        match interfaces[index].erased().crossed() {
            Some(of_interface) => crossed[index] = of_interface,
            None => return None,
        }
        index += 1;
    }
    Some(crossed)
}

/// Not public API. Used by generated code.
///
/// What the drop-in's file says of the plugin; nothing, if it cannot be offered.
#[must_use]
pub const fn offered<const N: usize>(info: &PluginInfo) -> [u8; N] {
    let kind = info.kind();
    match crossed(info) {
        Some(crossed) => record(
            info.text_of_all(),
            info.priority(),
            kind.interfaces,
            kind.tags,
            &crossed,
        ),
        None => [0; N],
    }
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn offered_len(info: &PluginInfo) -> usize {
    let kind = info.kind();
    match crossed(info) {
        Some(crossed) => record_len(
            info.text_of_all(),
            info.priority(),
            kind.interfaces,
            kind.tags,
            &crossed,
        ),
        None => 0,
    }
}

/// Not public API. Used by generated code.
///
/// # Panics
///
/// With the message, if none of a crate's plugins can be offered: this stops the build.
#[track_caller]
pub const fn check_named(infos: &[&PluginInfo], message: &str) {
    let mut index = 0;
    while index < infos.len() {
        if crossed(infos[index]).is_some() {
            return;
        }
        index += 1;
    }
    panic!("{}", message);
}
