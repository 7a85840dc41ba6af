//! Registers each plugin in a constructor, which runs before `main`. A slot gathers its plugins when it is first read.

extern crate alloc;

#[path = "constructors/shared.rs"]
mod shared;

use alloc::vec::Vec;
use core::any::Any;
use core::sync::atomic;

use self::shared::Once;
pub use self::shared::{Link, List};
use super::found_nothing;
use crate::hosts::Host;
use crate::interface::Listed;
use crate::{Interface, Plugin};

/// What this backend is called where targets are compared.
pub const BACKEND: &str = "constructors";

pub(super) const CURE: &str = "run the program's constructors first; where nobody else \
     does it, as in a WebAssembly module without `main`, call `__wasm_call_ctors`";

/// A function for statics.
macro_rules! constant {
    ($(#[$attr:meta])* $vis:vis fn $($function:tt)*) => {
        $(#[$attr])*
        #[must_use]
        $vis const fn $($function)*
    };
}
use constant;

/// Not public API. Used by generated code.
pub static REGISTRATIONS: List<Registration> = List::new();
/// Not public API. Used by generated code.
pub static LISTED: List<Listed> = List::new();
/// Not public API. Used by generated code.
pub static HOSTS: List<Host> = List::new();
/// Not public API. Used by generated code.
#[cfg(feature = "config")]
pub static MAKERS: List<crate::configured::Made> = List::new();

#[cfg(feature = "config")]
pub(crate) fn makers() -> impl Iterator<Item = &'static crate::configured::Made> {
    MAKERS.iter()
}

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    LISTED.iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    HOSTS.iter()
}

/// Nothing: here, copies of plugin-core do not know of each other.
#[cfg(feature = "std")]
pub(crate) fn cores() -> &'static [u8] {
    &[]
}

/// Not public API. Used by generated code.
///
/// One plugin of one interface: a `Plugin<I>`, whatever `I` is. Only the crate that declares a type
/// can collect it, and `Plugin<dyn IMaterial>` would be nobody's.
pub struct Registration(&'static (dyn Any + Send + Sync));

impl Registration {
    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn new<I: ?Sized + Interface>(plugin: &'static Plugin<I>) -> Self {
        Self(plugin)
    }
}

/// Not public API. Used by generated code.
///
/// Where the plugins of the interface `I` are, once they have been gathered.
pub struct Section<I: ?Sized + 'static>(Once<Vec<Plugin<I>>>);

impl<I: ?Sized + Interface> Section<I> {
    /// Not public API. Used by generated code.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only statics are made of it")]
    pub const fn new() -> Self {
        Self(Once::new())
    }

    /// Not public API. Used by generated code.
    ///
    /// # Panics
    ///
    /// If no constructor has run.
    #[must_use]
    pub fn read(&'static self) -> &'static [Plugin<I>] {
        self.0.get_or_make(|| {
            let mut plugins: Vec<Plugin<I>> = REGISTRATIONS
                .iter()
                .filter_map(|registration| registration.0.downcast_ref())
                .copied()
                .collect();
            // A constructor puts its plugin in front of the others.
            plugins.reverse();
            if plugins.is_empty() {
                found_nothing(I::INFO);
            }
            plugins
        })
    }
}

/// Not public API. Used by generated code.
///
/// The section in which this target has the addresses of its constructors.
#[cfg(windows)]
#[doc(hidden)]
#[macro_export]
macro_rules! constructors {
    () => {
        ".CRT$XCU"
    };
}
#[cfg(target_os = "cygwin")]
#[doc(hidden)]
#[macro_export]
macro_rules! constructors {
    () => {
        ".ctors"
    };
}
#[cfg(target_vendor = "apple")]
#[doc(hidden)]
#[macro_export]
macro_rules! constructors {
    () => {
        "__DATA,__mod_init_func,mod_init_funcs"
    };
}
#[cfg(not(any(windows, target_os = "cygwin", target_vendor = "apple")))]
#[doc(hidden)]
#[macro_export]
macro_rules! constructors {
    () => {
        ".init_array"
    };
}

/// Not public API. Used by generated code.
///
/// Adds a value to a list before `main`.
#[doc(hidden)]
#[macro_export]
macro_rules! element {
    ($list:ident: $element:ident = $value:expr) => {
        const _: () = {
            static NODE: $crate::__private::Link<$crate::__private::$element> =
                $crate::__private::Link::new($value);

            extern "C" fn add() {
                $crate::__private::$list.add(&NODE);
            }

            #[used]
            // SAFETY: what is there is called once, without arguments.
            #[unsafe(link_section = $crate::constructors!())]
            static __PLUGIN_CONSTRUCTOR: extern "C" fn() = add;
        };
    };
}

/// Not public API. Used by generated code.
///
/// Declares the slot of one interface, and a macro of that name, which registers plugins.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    (
        $(#[$attr:meta])* $vis:vis static $name:ident $short:literal $way_in:ident as $alias:ident:
        [$interface:ty] [$($dyn:tt)?] [$($configured:ident)?] $declare:ident $($once:ident)?
    ) => {
        $(#[$attr])*
        #[doc(hidden)]
        $vis static $name: $crate::__private::Section<$interface> =
            $crate::__private::Section::new();

        $crate::declare_way_in! {
            $(#[$attr])*
            $vis $way_in as $alias: [$($dyn)?] [$($configured)?] $declare {
                (static $place:ident as [$path:path] = $plugin:expr) => {
                    static $place: $crate::Plugin<$($dyn)? $path> = $plugin;

                    $crate::element! {
                        REGISTRATIONS: Registration = $crate::__private::Registration::new(&$place)
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
        $crate::element! { LISTED: Listed = $crate::__private::listed::<$interface>() }
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
        $crate::element! { MAKERS: Made = $maker }
    };
}

/// Not public API. Used by generated code.
///
/// The plugins of a slot.
#[doc(hidden)]
#[macro_export]
macro_rules! slot_plugins {
    ($name:ident $short:literal: [$interface:ty]) => {
        $name.read()
    };
}

/// Not public API. Used by generated code.
///
/// Keeps what `link_plugins!()` has linked in.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_host {
    ($host:expr) => {
        $crate::element! { HOSTS: Host = $host }
    };
}

/// Not public API. Used by generated code.
///
/// Between Rust `dylib`s, nothing is lost. But a linker leaves out the ones of which a program uses
/// nothing: so there is a symbol in each of them, for `link_plugins!()` to use.
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_dylib {
    ($error:literal) => {};
    (static $symbol:ident;) => {
        const _: () = {
            // SAFETY: the name has the crate's name and a hash in it, and so is the only one.
            #[unsafe(no_mangle)]
            static $symbol: u8 = 0;
        };
    };
    (extern crate $name:ident as $($symbol:literal)?;) => {
        extern crate $name as _;

        $($crate::__plugin_hold! { $symbol })?
    };
}
