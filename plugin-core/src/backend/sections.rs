//! A section of the program for each interface, which the linker lays out: ELF, where a linker says
//! of each section whose name is an identifier where it starts and where it stops.

use core::slice;

use crate::Plugin;
use crate::hosts::Host;
use crate::interfaces::Listed;

/// What this backend is called where targets are compared.
pub const BACKEND: &str = "sections";

pub(super) const CURE: &str = "enable the feature `dylib` of plugin-core, which needs no linker \
     sections; a linker script of yours has to `KEEP` them";

/// Not public API. Used by generated code.
///
/// A section of the program that holds values of one type.
pub struct Gathered<T: 'static> {
    start: *const T,
    stop: *const T,
}

/// The part of the program where the linker puts the plugins of the interface `I`.
pub type Section<I> = Gathered<Plugin<I>>;

// SAFETY: it stands for a `&'static [T]`, which may be shared where `T` may be.
unsafe impl<T: Sync> Sync for Gathered<T> {}

impl<T> Gathered<T> {
    /// Not public API. Used by generated code.
    ///
    /// # Safety
    ///
    /// From `start` to `stop` lie values of the type, one behind the other, and nothing else, as
    /// long as the program runs.
    #[must_use]
    pub const unsafe fn new(start: *const T, stop: *const T) -> Self {
        Self { start, stop }
    }

    #[inline]
    fn read(&self) -> &'static [T] {
        let size = const {
            assert!(size_of::<T>() > 0);
            size_of::<T>()
        };
        let len = (self.stop.addr() - self.start.addr()) / size;
        // SAFETY: whoever made this has promised that `len` values lie there.
        unsafe { slice::from_raw_parts(self.start, len) }
    }
}

pub(super) fn read<I: ?Sized>(section: &'static Section<I>) -> &'static [Plugin<I>] {
    section.read()
}

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    __PLUGIN_INTERFACES.read().iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    __PLUGIN_HOSTS.read().iter()
}

/// Not public API. Used by generated code.
///
/// Declares a section of values of one type. Its name stands for nothing else in the program, and
/// only `declare_element` puts something into it.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_section {
    ($(#[$attr:meta])* $vis:vis static $name:ident: [$element:ty] in $section:expr) => {
        $(#[$attr])*
        #[doc(hidden)]
        $vis static $name: $crate::__private::Gathered<$element> = {
            // Where nothing else is in the section, the linker knows its ends by this.
            #[used]
            #[unsafe(link_section = $section)]
            static NOTHING: [$element; 0] = [];

            unsafe extern "C" {
                #[link_name = $crate::__private::core::concat!("__start_", $section)]
                static START: $crate::__private::End;
                #[link_name = $crate::__private::core::concat!("__stop_", $section)]
                static STOP: $crate::__private::End;
            }

            // SAFETY: the linker puts its two symbols around the section. Every value in there is
            // one of `declare_element`, which is given the type together with the section's name.
            unsafe {
                $crate::__private::Gathered::new(
                    (&raw const START).cast(),
                    (&raw const STOP).cast(),
                )
            }
        };
    };
}

/// Not public API. Used by generated code.
///
/// An end of a section: an address, and nothing that is there.
#[repr(C)]
pub struct End([u8; 0]);

/// Not public API. Used by generated code.
///
/// Puts one value into a section.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_element {
    (static $name:ident: $element:ty = $value:expr, in $section:expr) => {
        #[used]
        // SAFETY: the section holds values of this type, and nothing else.
        #[unsafe(link_section = $section)]
        static $name: $element = $value;
    };
}

crate::declare_section! {
    /// Every interface of the program.
    pub static __PLUGIN_INTERFACES: [Listed] in "plugin_interfaces"
}

crate::declare_section! {
    /// Every use of `link_plugins!()` in the program.
    pub static __PLUGIN_HOSTS: [Host] in "plugin_hosts"
}

/// Not public API. Used by generated code.
///
/// Declares the section of one interface, under a name that is the only one in the program, and a
/// macro of that name, since only a macro can tell plugins what the section is called.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    ($(#[$attr:meta])* $vis:vis static $name:ident as $alias:ident: [$($interface:tt)*]) => {
        $crate::declare_section! {
            $(#[$attr])*
            $vis static $name: [$crate::Plugin<$($interface)*>]
                in $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($name))
        }

        $(#[$attr])*
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            ($element:ident: $ty:ty = $plugin:expr) => {
                $crate::declare_element! {
                    static $element: $ty = $plugin,
                    in $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($name))
                }
            };
        }

        #[doc(hidden)]
        $vis use $name as $alias;

        $(#[$attr])*
        const _: () = {
            $crate::declare_element! {
                static __PLUGIN_LISTED: $crate::__private::Listed =
                    $crate::__private::listed::<$($interface)*>(),
                in "plugin_interfaces"
            }
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
        $($interface)*! { $name: $crate::Plugin<dyn $($interface)*> = $plugin }
    };
}

/// Not public API. Used by generated code.
///
/// Keeps what `link_plugins!()` has linked in.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_host {
    ($host:expr) => {
        $crate::declare_element! {
            static __PLUGIN_HOST: $crate::__private::Host = $host,
            in "plugin_hosts"
        }
    };
}
