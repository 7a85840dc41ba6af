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
    info: fn() -> &'static InterfaceInfo,
    plugins: fn(usize) -> Option<&'static PluginInfo>,
}

impl Listed {
    pub(crate) const fn new<I: ?Sized + Interface>() -> Self {
        Self {
            info: || I::INFO,
            plugins: |index| I::slot().plugins().get(index).map(|plugin| plugin.info),
        }
    }

    pub(crate) fn info(&self) -> &'static InterfaceInfo {
        (self.info)()
    }
}

#[cfg(feature = "std")]
/// Every interface, in the linker's order.
pub(crate) fn all() -> impl Iterator<Item = &'static InterfaceInfo> {
    crate::backend::interfaces().map(Listed::info)
}

#[cfg(feature = "std")]
/// The plugins of one interface, in the linker's order.
pub(crate) fn plugins_of(interface: &InterfaceInfo) -> impl Iterator<Item = &'static PluginInfo> {
    let listed = crate::backend::interfaces().find(|listed| listed.info() == interface);
    listed
        .into_iter()
        .flat_map(|listed| (0..).map_while(|index| (listed.plugins)(index)))
}
