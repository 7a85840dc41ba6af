//! A constructor for each plugin, which runs before `main`, by way of inventory; a slot gathers its
//! plugins when it is first asked for them.

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;

pub use inventory::submit as element;
use once_cell::race::OnceBox;

use super::found_nothing;
use crate::hosts::Host;
use crate::interfaces::Listed;
use crate::{Interface, Plugin};

/// What this backend is called where targets are compared.
pub const BACKEND: &str = "inventory";

pub(super) const CURE: &str = "the program's constructors have to run first; where nobody else \
     does it, as in a WebAssembly module without `main`, call `__wasm_call_ctors`";

inventory::collect!(Registration);
inventory::collect!(Listed);
inventory::collect!(Host);
#[cfg(feature = "config")]
inventory::collect!(crate::configured::Made);

#[cfg(feature = "config")]
pub(crate) fn makers() -> impl Iterator<Item = &'static crate::configured::Made> {
    inventory::iter::<crate::configured::Made>.into_iter()
}

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    inventory::iter::<Listed>.into_iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    inventory::iter::<Host>.into_iter()
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
pub struct Section<I: ?Sized + 'static>(OnceBox<Vec<Plugin<I>>>);

impl<I: ?Sized + Interface> Section<I> {
    /// Not public API. Used by generated code.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only statics are made of it")]
    pub const fn new() -> Self {
        Self(OnceBox::new())
    }

    /// Not public API. Used by generated code.
    ///
    /// # Panics
    ///
    /// If no constructor has run.
    #[must_use]
    pub fn read(&'static self) -> &'static [Plugin<I>] {
        self.0.get_or_init(|| {
            let mut plugins: Vec<Plugin<I>> = inventory::iter::<Registration>
                .into_iter()
                .filter_map(|registration| registration.0.downcast_ref())
                .copied()
                .collect();
            // A constructor puts its plugin in front of the others.
            plugins.reverse();
            if plugins.is_empty() {
                found_nothing(I::INFO);
            }
            Box::new(plugins)
        })
    }
}

/// Not public API. Used by generated code.
///
/// Declares the slot of one interface, and a macro of that name, which registers plugins.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    (
        $(#[$attr:meta])* $vis:vis static $name:ident $short:literal $way_in:ident as $alias:ident:
        [$interface:ty] [$($dyn:tt)?] [$($configured:ident)?] $($once:ident)?
    ) => {
        $(#[$attr])*
        #[doc(hidden)]
        $vis static $name: $crate::__private::Section<$interface> =
            $crate::__private::Section::new();

        $crate::declare_way_in! {
            $(#[$attr])*
            $vis $way_in as $alias: [$($dyn)?] [$($configured)?] {
                (static $place:ident as [$path:path] = $plugin:expr) => {
                    static $place: $crate::Plugin<$($dyn)? $path> = $plugin;

                    $crate::__private::element! {
                        $crate::__private::Registration::new(&$place)
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
        $crate::__private::element! { $crate::__private::listed::<$interface>() }
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
        $crate::__private::element! { $maker }
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
        $crate::__private::element! { $host }
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
