//! All interfaces of the program, and their plugins, for code that does not know their types.

use std::vec::Vec;

use crate::dropin::installed;
use crate::find::Index;
use crate::interface::Erased;
use crate::{InterfaceInfo, PluginInfo, backend, order};

/// Every interface, in the linker's order.
pub fn all() -> impl Iterator<Item = &'static InterfaceInfo> {
    backend::interfaces().map(|listed| listed.0)
}

/// The plugins of one interface, in the linker's order.
pub(crate) fn plugins_of(
    interface: &InterfaceInfo,
) -> impl Iterator<Item = &'static PluginInfo> + use<> {
    (0..).map_while(interface.erased().plugins)
}

/// Not public API. Used by plugin-loader.
///
/// The plugins of one interface that are linked into the program; see [`Slot::sorted`](crate::Slot::sorted).
#[must_use]
pub fn sorted(interface: &InterfaceInfo) -> Vec<&'static PluginInfo> {
    let plugins: Vec<_> = plugins_of(interface).collect();
    order::by_rank(&plugins, |info| info)
}

/// The text that finds a plugin of the interface; see [`Slot::text_of`](crate::Slot::text_of).
pub(crate) fn text_of(
    interface: &'static InterfaceInfo,
    plugin: &'static PluginInfo,
) -> &'static str {
    let Erased { plugins, index, .. } = interface.erased();
    let new = || Index::new(&plugins_of(interface).collect::<Vec<_>>());
    let text = index().get_or_init(new).text_of(plugin, plugins);
    // Those of a library are not in the index.
    let offered = || installed::offered(interface).into_iter();
    if plugin.is_foreign() && offered().filter(|info| info.name() == text).count() > 1 {
        return plugin.id();
    }
    text
}

/// Every plugin that is linked into the program.
pub fn plugins() -> impl Iterator<Item = &'static PluginInfo> {
    all().flat_map(|interface| {
        // It is there once for each of its interfaces.
        plugins_of(interface).filter(|info| *info.interfaces()[0] == *interface)
    })
}
