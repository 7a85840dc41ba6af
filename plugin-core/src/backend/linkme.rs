//! A section of the program for each interface, which the linker lays out, by way of linkme.

pub use linkme;
pub use linkme::distributed_slice as element;

use crate::Plugin;
use crate::hosts::Host;
use crate::interfaces::Listed;

/// What this backend is called where targets are compared.
pub const BACKEND: &str = "linkme";

pub(super) const CURE: &str = "enable the feature `dylib` of plugin-core, which needs no linker \
     sections; a linker script of yours has to `KEEP` them";

// Linker scripts name these, and `IPlugin`'s section, `PLUGIN_0_1_ROOT`. The numbers are those of the
// version: two versions that differ in them may be in one program, and each needs its own.

/// Every interface of the program.
#[linkme::distributed_slice]
pub static PLUGIN_0_1_INTERFACES: [Listed];

/// Every use of `link_plugins!()` in the program.
#[linkme::distributed_slice]
pub static PLUGIN_0_1_HOSTS: [Host];

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    PLUGIN_0_1_INTERFACES.static_slice().iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    PLUGIN_0_1_HOSTS.static_slice().iter()
}

/// The part of the program where the linker puts the plugins of the interface `I`.
pub type Section<I> = linkme::DistributedSlice<[Plugin<I>]>;

pub(super) fn read<I: ?Sized>(section: &'static Section<I>) -> &'static [Plugin<I>] {
    section.static_slice()
}

/// Not public API. Used by generated code.
///
/// Declares the section of one interface, under a name that is the only one in the program.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    ($(#[$attr:meta])* $vis:vis static $name:ident as $alias:ident: [$($interface:tt)*]) => {
        $(#[$attr])*
        #[doc(hidden)]
        #[$crate::__private::element]
        #[linkme(crate = $crate::__private::linkme)]
        $vis static $name: [$crate::Plugin<$($interface)*>];

        #[doc(hidden)]
        $vis use $name as $alias;

        $(#[$attr])*
        const _: () = {
            #[$crate::__private::element($crate::__private::PLUGIN_0_1_INTERFACES)]
            #[linkme(crate = $crate::__private::linkme)]
            static __PLUGIN_LISTED: $crate::__private::Listed =
                $crate::__private::listed::<$($interface)*>();
        };
    };
}

/// Not public API. Used by generated code.
///
/// Puts one plugin into the section of one interface. The interface's path stays the tokens that
/// it is, since it names a type, a value, and a macro here.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_plugin {
    ($name:ident: [$($interface:tt)*] = $plugin:expr) => {
        #[$crate::__private::element($($interface)*)]
        #[linkme(crate = $crate::__private::linkme)]
        static $name: $crate::Plugin<dyn $($interface)*> = $plugin;
    };
}

/// Not public API. Used by generated code.
///
/// Keeps what `link_plugins!()` has linked in.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_host {
    ($host:expr) => {
        #[$crate::__private::element($crate::__private::PLUGIN_0_1_HOSTS)]
        #[linkme(crate = $crate::__private::linkme)]
        static __PLUGIN_HOST: $crate::__private::Host = $host;
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
