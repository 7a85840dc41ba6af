//! Every interface of the program, whichever crate declares it.

use crate::{Interface, InterfaceInfo, PluginInfo};

/// Not public API. Used by generated code.
///
/// One interface, so that its plugins can be listed by who does not know its type.
#[cfg_attr(
    not(feature = "std"),
    expect(dead_code, reason = "read where there is memory")
)]
pub struct Listed {
    /// The token belongs to it, for who compares interfaces with those of a library.
    info: fn() -> (&'static InterfaceInfo, u128),
    plugins: fn(usize) -> Option<&'static PluginInfo>,
}

impl Listed {
    pub(crate) const fn new<I: ?Sized + Interface>() -> Self {
        Self {
            info: || (I::INFO, I::TOKEN),
            plugins: |index| I::slot().plugins().get(index).map(|plugin| plugin.info),
        }
    }

    pub(crate) fn info(&self) -> &'static InterfaceInfo {
        (self.info)().0
    }

    #[cfg(feature = "std")]
    fn plugins(&self) -> impl Iterator<Item = &'static PluginInfo> + use<> {
        let plugins = self.plugins;
        (0..).map_while(plugins)
    }
}

/// Every interface with its token, in the linker's order.
#[cfg(feature = "std")]
pub fn interfaces() -> impl Iterator<Item = (&'static InterfaceInfo, u128)> {
    crate::backend::interfaces().map(|listed| (listed.info)())
}

/// Every interface, in the linker's order.
#[cfg(feature = "std")]
pub(crate) fn all() -> impl Iterator<Item = &'static InterfaceInfo> {
    crate::backend::interfaces().map(Listed::info)
}

/// The plugins of one interface, in the linker's order.
#[cfg(feature = "std")]
pub(crate) fn plugins_of(interface: &InterfaceInfo) -> impl Iterator<Item = &'static PluginInfo> {
    let listed = crate::backend::interfaces().find(|listed| listed.info() == interface);
    listed.into_iter().flat_map(Listed::plugins)
}

/// Every plugin, once for each of its interfaces.
#[cfg(feature = "std")]
pub(crate) fn plugins() -> impl Iterator<Item = &'static PluginInfo> {
    crate::backend::interfaces().flat_map(Listed::plugins)
}
