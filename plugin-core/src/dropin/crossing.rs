//! The interfaces that drop-ins may provide, and the token by which a program and a library compare their forms of one.

use super::shape::{Reached, token};
use crate::Interface;
use crate::interface::{self, Crossed, Erased};
#[cfg(feature = "std")]
use crate::{InterfaceInfo, interfaces::all};

/// Not public API. Used by generated code.
///
/// An interface that may be provided by a drop-in.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be provided by a drop-in\n\
               help: write `#[interface(dropin)]` above the interface",
    label = "declared without `dropin`"
)]
pub trait Crossing: Interface {
    /// What it reaches: first the interface itself.
    const REACHED: &'static [Reached];
    /// Tells two forms of the interface apart.
    const TOKEN: u128 = token(Self::REACHED);
    /// What a file says of it.
    const RECORD: &'static [u8];
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
/// What only the type of an interface that may be crossed leads to.
#[must_use]
pub const fn erased<I: ?Sized + Crossing>() -> Erased {
    Erased {
        crossed: Some(crossed::<I>),
        ..interface::erased::<I>()
    }
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
            $crate::__private::dropin::known::<
                $interface,
                { $crate::__private::dropin::known_len::<$interface>() },
            >();
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
