//! Puts the plugins of each interface into a section of the program, which the linker lays out as a slice. The files
//! `elf`, `macho`, and `coff` name the sections of a format, and find their ends.

#[cfg_attr(target_vendor = "apple", path = "sections/macho.rs")]
#[cfg_attr(any(windows, target_os = "uefi"), path = "sections/coff.rs")]
#[cfg_attr(
    not(any(target_vendor = "apple", windows, target_os = "uefi")),
    path = "sections/elf.rs"
)]
mod format;

pub use self::format::*;

use core::slice;

use self::format::seen;
#[cfg(feature = "config")]
use crate::configured::Made;
#[cfg(feature = "std")]
use crate::hosts::Host;
use crate::interface::Listed;

/// What this backend is called where targets are compared.
pub const BACKEND: &str = "sections";

// There is no feature `dylib` where nothing runs constructors.
pub(super) const CURE: &str = if cfg!(target_os = "none") {
    "`KEEP` the sections `plugins_*` in the linker script"
} else {
    "enable the feature `dylib` of plugin-core, which needs no linker sections; or `KEEP` the sections in your \
     linker script"
};

/// Not public API. Used by generated code.
///
/// A section of the program that holds values of one type: where they start, and where they stop.
pub struct Section<T: 'static> {
    start: *const T,
    stop: *const T,
}

// SAFETY: it stands for a `&'static [T]`, which may be shared, as whoever makes it promises.
unsafe impl<T> Sync for Section<T> {}

impl<T> Section<T> {
    /// Not public API. Used by generated code.
    ///
    /// # Safety
    ///
    /// Between the two lie values of the type, one behind the other, and nothing else, as long as
    /// the program runs; and they may be shared between threads.
    #[inline]
    #[must_use]
    pub const unsafe fn new(start: *const T, stop: *const T) -> Self {
        Self { start, stop }
    }

    /// Not public API. Used by generated code.
    // Inlined, the two are addresses that the linker fills in, and there is nothing to load.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_sign_loss, reason = "the start comes first")]
    pub fn read(&self) -> &'static [T] {
        const { assert!(size_of::<T>() > 0) };
        // SAFETY: whoever made this has promised that it holds nothing but values of the type; both are
        // ends of one section, which is one object to the linker.
        unsafe {
            let (start, stop) = (seen(self.start), seen(self.stop));
            slice::from_raw_parts(start, stop.offset_from(start) as usize)
        }
    }
}

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    all_interfaces.read().iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    all_hosts.read().iter()
}

#[cfg(feature = "config")]
pub(crate) fn makers() -> impl Iterator<Item = &'static Made> {
    all_makers.read().iter()
}

/// What each copy of plugin-core in the program says of itself.
#[cfg(feature = "std")]
pub(crate) fn cores() -> &'static [u8] {
    #[cfg(not(target_os = "none"))]
    return PLUGIN_CORES_1.read();
    // A linker script would have to name it.
    #[cfg(target_os = "none")]
    return &[];
}

/// Not public API. Used by generated code.
///
/// Declares a section of values of one type, under a name that is the only one in the program, and a short
/// one for formats that have no room. Where somebody has chosen the name, there is a `once`.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_section {
    ($(#[$attr:meta])* $vis:vis static $name:ident $short:literal: [$element:ty] $($once:ident)?) => {
        $(#[$attr])*
        #[doc(hidden)]
        $vis static $name: $crate::__private::Section<$element> = {
            $($crate::$once! { $name })?

            $crate::new_section!($name $short: [$element])
        };
    };
}

/// Not public API. Used by generated code.
///
/// Two sections of one name are an error of the linker's, which then has this symbol to show.
#[doc(hidden)]
#[macro_export]
macro_rules! once {
    ($name:ident) => {
        #[used]
        // SAFETY: nobody reads it.
        #[unsafe(export_name = $crate::__private::core::concat!(
                    "two_interfaces_have_the_slot_", $crate::__private::core::stringify!($name),
                    "__give_one_of_them_another"
                ))]
        static ONCE: $crate::__private::core::primitive::u8 = 0;
    };
}

/// Not public API. Used by generated code.
///
/// The same for a section of plugin-core's own, which has one name in all copies where linker scripts name it.
#[doc(hidden)]
#[macro_export]
macro_rules! once_core {
    ($name:ident) => {
        #[used]
        // SAFETY: nobody reads it.
        #[unsafe(export_name = $crate::__private::core::concat!(
            "two_copies_of_plugin_core_have_the_section_", $crate::__private::core::stringify!($name),
            "__let_all_crates_use_one_of_them"
        ))]
        static ONCE: $crate::__private::core::primitive::u8 = 0;
    };
}

macro_rules! own_section {
    ($name:ident $short:literal as $alias:ident: [$element:ident] $($once:ident)?) => {
        $crate::declare_section! { pub static $name $short: [$crate::__private::$element] $($once)? }

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            (static $place:ident = $value:expr) => {
                $crate::declare_element! {
                    $name $short: static $place: $crate::__private::$element = $value
                }
            };
        }

        #[doc(hidden)]
        pub use $name as $alias;
    };
}

// Linker scripts name these, and `IPlugin`'s section, `PLUGIN_0_1_ROOT`. The numbers are those of the
// version: two versions that differ in them may be in one program, and each needs its own.
#[cfg(target_os = "none")]
own_section!(PLUGIN_0_1_INTERFACES "" as all_interfaces: [Listed] once_core);
#[cfg(target_os = "none")]
own_section!(PLUGIN_0_1_HOSTS "" as all_hosts: [Host] once_core);

// Elsewhere, two copies of one version may be in one program too.
#[cfg(not(target_os = "none"))]
plugin_macros::section!(own_section all_interfaces: [Listed]);
#[cfg(not(target_os = "none"))]
plugin_macros::section!(own_section all_hosts: [Host]);
#[cfg(feature = "config")]
plugin_macros::section!(own_section all_makers: [Made]);

// One name for all copies of plugin-core, of all versions: so each finds the others. If the form of what is
// there has to change, the section has to have another name.
#[cfg(not(target_os = "none"))]
const _: () = {
    crate::declare_element! { PLUGIN_CORES_1 "plugin_cores_1": static __PLUGIN_CORE: [u8; crate::cores::THIS.len()] = crate::cores::THIS }
};
#[cfg(not(target_os = "none"))]
crate::declare_section! {
    #[cfg_attr(not(feature = "std"), allow(dead_code))]
    static PLUGIN_CORES_1 "plugin_cores_1": [u8]
}

/// Not public API. Used by generated code.
///
/// Declares the section of one interface.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    (
        $(#[$attr:meta])* $vis:vis static $name:ident $short:literal $way_in:ident as $alias:ident:
        [$interface:ty] [$($dyn:tt)?] [$($configured:ident)?] $declare:ident $($once:ident)?
    ) => {
        $crate::declare_section! {
            $(#[$attr])*
            $vis static $name $short: [$crate::Plugin<$interface>] $($once)?
        }

        $crate::declare_way_in! {
            $(#[$attr])*
            $vis $way_in as $alias: [$($dyn)?] [$($configured)?] $declare {
                (static $place:ident as [$path:path] = $plugin:expr) => {
                    $crate::declare_element! {
                        $name $short: static $place: $crate::Plugin<$($dyn)? $path> = $plugin
                    }
                }
            }
        }

        $(#[$attr])*
        const _: () = {
            $crate::declare_listed! { $interface }
        };
    };
}

/// Not public API. Used by generated code.
///
/// Puts an interface into the list of all.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_listed {
    ($interface:ty) => {
        $crate::__private::all_interfaces! {
            static __PLUGIN_LISTED = $crate::__private::listed::<$interface>()
        }
    };
}

/// Not public API. Used by generated code.
///
/// Puts the maker of a plugin into the list of all.
#[cfg(feature = "config")]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_maker {
    ($maker:expr) => {
        $crate::__private::all_makers! { static __PLUGIN_MAKER = $maker }
    };
}

/// Not public API. Used by generated code.
///
/// Keeps what `link_plugins!()` has linked in.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_host {
    ($host:expr) => {
        $crate::__private::all_hosts! { static __PLUGIN_HOST = $host }
    };
}

/// Not public API. Used by generated code.
///
/// Between Rust `dylib`s, plugins would be lost: each of them has a section of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_dylib {
    ($error:literal) => {
        $crate::__private::core::compile_error!($error);
    };
    // Without plugins it needs not be linked, and with plugins there is an error.
    ($($item:tt)*) => {};
}
