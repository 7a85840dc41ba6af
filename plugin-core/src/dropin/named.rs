//! The plugins of a crate that a drop-in names: `dropin!(metals)`.
//!
//! That crate does not know the drop-in, and is the same in each program that links it. It has one type for each plugin,
//! by which the drop-in finds the plugin's info while it is compiled: so the records of these plugins are made in the
//! drop-in, and are data of its own.

use core::marker::PhantomData;

use super::crossing::{Crossing, crossed};
use super::manifest::{record, record_len};
use super::{Crossed, Objects};
use crate::PluginInfo;
use crate::plugin::info::{Described, described};

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
    const PLUGIN: Known;
}

/// Not public API. Used by generated code.
///
/// What a plugin's crate knows of it, for a drop-in that names the crate.
#[derive(Clone, Copy)]
pub struct Known {
    info: &'static PluginInfo,
    objects: Objects,
    crossed: MaybeCrossed,
}

/// Not public API. Used by generated code.
///
/// For each interface what has to be the same on both sides; `None` if it may not be crossed.
pub type MaybeCrossed = &'static [Option<Crossed>];

impl Known {
    #[must_use]
    pub const fn new(
        info: &'static Described<[u8]>,
        objects: Objects,
        crossed: MaybeCrossed,
    ) -> Self {
        Self {
            info: described(info),
            objects,
            crossed,
        }
    }

    /// Nothing if one of the interfaces may not be crossed.
    const fn crossed(self) -> Option<[Crossed; MOST]> {
        let mut crossed = [Crossed {
            token: 0,
            record: &[],
        }; MOST];
        let mut index = 0;
        while index < self.crossed.len() {
            match self.crossed[index] {
                Some(of_interface) => crossed[index] = of_interface,
                None => return None,
            }
            index += 1;
        }
        Some(crossed)
    }
}

/// As many interfaces as `#[plugin]` accepts.
const MOST: usize = 16;

/// Not public API. Used by generated code.
///
/// `MayCross::<dyn Interface>::CROSSED` is there where the interface may be crossed. Else that of [`MayNotCross`] takes
/// its place.
pub struct MayCross<I: ?Sized>(PhantomData<fn(&I)>);

impl<I: ?Sized + Crossing> MayCross<I> {
    pub const CROSSED: Option<Crossed> = Some(crossed::<I>());
}

/// Not public API. Used by generated code.
pub trait MayNotCross {
    const CROSSED: Option<Crossed> = None;
}

impl<I: ?Sized> MayNotCross for MayCross<I> {}

/// Not public API. Used by generated code.
///
/// One plugin of a crate that the drop-in names.
pub struct Named {
    pub(super) info: &'static PluginInfo,
    /// Empty if the plugin cannot be offered.
    pub(super) record: &'static [u8],
    pub(super) objects: Objects,
}

impl Named {
    #[must_use]
    pub const fn new(plugin: Known, record: &'static [u8]) -> Self {
        Self {
            info: plugin.info,
            record,
            objects: plugin.objects,
        }
    }
}

/// Not public API. Used by generated code.
///
/// What the drop-in's file says of the plugin; nothing, if it cannot be offered.
#[must_use]
pub const fn offered<const N: usize>(plugin: Known) -> [u8; N] {
    let (info, kind) = (plugin.info, plugin.info.kind());
    match plugin.crossed() {
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
pub const fn offered_len(plugin: Known) -> usize {
    let (info, kind) = (plugin.info, plugin.info.kind());
    match plugin.crossed() {
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
pub const fn check_named(plugins: &[Known], message: &str) {
    let mut index = 0;
    while index < plugins.len() {
        if plugins[index].crossed().is_some() {
            return;
        }
        index += 1;
    }
    panic!("{}", message);
}
