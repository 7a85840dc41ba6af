//! Every interface of the program, whichever crate declares it.

#[cfg(feature = "std")]
use std::sync::OnceLock;
#[cfg(feature = "std")]
use std::vec::Vec;

#[cfg(feature = "std")]
use crate::dropin::installed;
use crate::dropin::shape::Crossing;
#[cfg(feature = "std")]
use crate::find::Index;
use crate::{Interface, InterfaceInfo, PluginInfo};

/// Not public API. Used by generated code.
///
/// One interface, where those of the program are gathered.
pub struct Listed(pub(crate) &'static InterfaceInfo);

/// Not public API. Used by generated code.
///
/// What only the interface's type leads to, for who does not know it.
#[derive(Clone, Copy)]
pub struct Erased {
    #[cfg_attr(
        not(feature = "std"),
        expect(dead_code, reason = "read where there is memory")
    )]
    pub(crate) plugins: fn(usize) -> Option<&'static PluginInfo>,
    /// For who compares interfaces with those of a library: there if the author says that it may be crossed.
    #[cfg_attr(
        not(feature = "std"),
        expect(dead_code, reason = "read where there is memory")
    )]
    crossed: Option<fn() -> Crossed>,
    #[cfg(feature = "std")]
    index: fn() -> &'static OnceLock<Index>,
}

impl Erased {
    pub(crate) const fn new<I: ?Sized + Interface>() -> Self {
        Self {
            plugins: |index| I::plugins().get(index).map(|plugin| plugin.info),
            crossed: None,
            #[cfg(feature = "std")]
            index: || I::slot().index(),
        }
    }

    pub(crate) const fn crossing<I: ?Sized + Crossing>() -> Self {
        Self {
            crossed: Some(crossed::<I>),
            ..Self::new::<I>()
        }
    }
}

/// Not public API. Used by generated code, and by plugin-loader.
///
/// What has to be the same on both sides, and what it is made of.
#[derive(Clone, Copy)]
pub struct Crossed {
    /// Tells two forms of the interface apart.
    pub token: u128,
    /// What a file says of the interface: that of a program with it, and of a library that provides it.
    pub record: &'static [u8],
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn crossed<I: ?Sized + Crossing>() -> Crossed {
    Crossed {
        token: I::TOKEN,
        record: I::RECORD,
    }
}

/// Not public API. Used by generated code.
///
/// What the file of a program with plugin-loader says of an interface. It is in each program that has the interface.
#[cfg(all(feature = "std", any(unix, windows)))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_known {
    ($interface:ty) => {{
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin_host"))]
        #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropinh"))]
        static __PLUGIN_KNOWN: [$crate::__private::core::primitive::u8;
            $crate::__private::dropin::known_len::<$interface>()] =
            $crate::__private::dropin::known::<$interface, _>();
        &__PLUGIN_KNOWN
    }};
}

/// Not public API. Used by generated code.
#[cfg(not(all(feature = "std", any(unix, windows))))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_known {
    ($interface:ty) => {
        &[]
    };
}

/// Every interface that may be crossed, in the linker's order.
#[cfg(feature = "std")]
pub fn interfaces() -> impl Iterator<Item = (&'static InterfaceInfo, Crossed)> {
    all().filter_map(|interface| Some((interface, crossing(interface)?)))
}

/// What has to be the same on both sides for the interface, if it may be crossed.
#[cfg(feature = "std")]
#[must_use]
pub fn crossing(interface: &InterfaceInfo) -> Option<Crossed> {
    interface.erased().crossed.map(|crossed| crossed())
}

/// Every interface, in the linker's order.
#[cfg(feature = "std")]
pub fn all() -> impl Iterator<Item = &'static InterfaceInfo> {
    crate::backend::interfaces().map(|listed| listed.0)
}

/// The plugins of one interface, in the linker's order.
#[cfg(feature = "std")]
pub(crate) fn plugins_of(
    interface: &InterfaceInfo,
) -> impl Iterator<Item = &'static PluginInfo> + use<> {
    (0..).map_while(interface.erased().plugins)
}

/// The text that finds a plugin of the interface; see [`Slot::text_of`](crate::Slot::text_of).
#[cfg(feature = "std")]
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
#[cfg(feature = "std")]
pub fn plugins() -> impl Iterator<Item = &'static PluginInfo> {
    all().flat_map(|interface| {
        // It is there once for each of its interfaces.
        plugins_of(interface).filter(|info| *info.interfaces()[0] == *interface)
    })
}
