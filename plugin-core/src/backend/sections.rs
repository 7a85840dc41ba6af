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
    name: &'static str,
    /// Where the values start and stop.
    values: [*const T; 2],
    /// Where the marks start and stop, of which each declaration of the section leaves one.
    marks: [*const Mark; 2],
}

/// Not public API. Used by generated code.
pub struct Mark(#[expect(dead_code, reason = "it takes its place, which is all")] u8);

/// The part of the program where the linker puts the plugins of the interface `I`.
pub type Section<I> = Gathered<Plugin<I>>;

// SAFETY: it stands for a `&'static [T]`, which may be shared where `T` may be.
unsafe impl<T: Sync> Sync for Gathered<T> {}

impl<T> Gathered<T> {
    /// Not public API. Used by generated code.
    ///
    /// # Safety
    ///
    /// Between the two `values` lie values of the type, one behind the other, and nothing else, as
    /// long as the program runs; unless there is another declaration of the name, when there are
    /// several `marks`.
    #[must_use]
    pub const unsafe fn new(
        name: &'static str,
        values: [*const T; 2],
        marks: [*const Mark; 2],
    ) -> Self {
        Self {
            name,
            values,
            marks,
        }
    }

    fn read(&self) -> &'static [T] {
        const { assert!(size_of::<T>() > 0) };
        if len(self.marks) != 1 {
            self.declared_twice();
        }
        // SAFETY: the section is this one's alone, and whoever made this has promised that it holds
        // nothing but values of the type.
        unsafe { slice::from_raw_parts(self.values[0], len(self.values)) }
    }

    #[cold]
    fn declared_twice(&self) -> ! {
        panic!(
            "there are two interfaces with the slot `{name}` in this program\n\
             help: give one of them another `slot`, or none, in its `#[interface]`",
            name = self.name
        );
    }
}

fn len<T>([start, stop]: [*const T; 2]) -> usize {
    (stop.addr() - start.addr()) / size_of::<T>()
}

impl Mark {
    /// Not public API. Used by generated code.
    pub const NEW: Self = Self(1);
}

pub(super) fn read<I: ?Sized>(section: &'static Section<I>) -> &'static [Plugin<I>] {
    section.read()
}

pub(crate) fn interfaces() -> impl Iterator<Item = &'static Listed> {
    PLUGIN_0_1_INTERFACES.read().iter()
}

#[cfg(feature = "std")]
pub(crate) fn hosts() -> impl Iterator<Item = &'static Host> {
    PLUGIN_0_1_HOSTS.read().iter()
}

/// Not public API. Used by generated code.
///
/// Declares a section of values of one type, which only `declare_element` puts there.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_section {
    ($(#[$attr:meta])* $vis:vis static $name:ident: [$element:ty]) => {
        $(#[$attr])*
        #[doc(hidden)]
        $vis static $name: $crate::__private::Gathered<$element> = {
            // Where nothing else is in the section, the linker knows its ends by this.
            #[used]
            #[unsafe(link_section = $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($name)))]
            static NOTHING: [$element; 0] = [];
            #[used]
            #[unsafe(link_section = $crate::__private::core::concat!("slots_", $crate::__private::core::stringify!($name)))]
            static MARK: $crate::__private::Mark = $crate::__private::Mark::NEW;

            unsafe extern "C" {
                #[link_name = $crate::__private::core::concat!("__start_plugins_", $crate::__private::core::stringify!($name))]
                static START: $crate::__private::End;
                #[link_name = $crate::__private::core::concat!("__stop_plugins_", $crate::__private::core::stringify!($name))]
                static STOP: $crate::__private::End;
                #[link_name = $crate::__private::core::concat!("__start_slots_", $crate::__private::core::stringify!($name))]
                static FIRST: $crate::__private::End;
                #[link_name = $crate::__private::core::concat!("__stop_slots_", $crate::__private::core::stringify!($name))]
                static LAST: $crate::__private::End;
            }

            // SAFETY: the linker puts its symbols around both sections. Every value in the first is
            // one of `declare_element`, which is given the type together with the section's name.
            unsafe {
                $crate::__private::Gathered::new(
                    $crate::__private::core::stringify!($name),
                    [(&raw const START).cast(), (&raw const STOP).cast()],
                    [(&raw const FIRST).cast(), (&raw const LAST).cast()],
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
    (static $name:ident: $element:ty = $value:expr, in $section:ident) => {
        #[used]
        // SAFETY: the section holds values of this type, and nothing else.
        #[unsafe(link_section =
            $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($section))
        )]
        static $name: $element = $value;
    };
}

// Linker scripts name these, and `IPlugin`'s section, `PLUGIN_0_1_ROOT`. The numbers are those of the
// version: two versions that differ in them may be in one program, and each needs its own.

crate::declare_section! {
    /// Every interface of the program.
    pub static PLUGIN_0_1_INTERFACES: [Listed]
}

crate::declare_section! {
    /// Every use of `link_plugins!()` in the program.
    pub static PLUGIN_0_1_HOSTS: [Host]
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
        }

        $(#[$attr])*
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            (static $element:ident: $ty:ty = $plugin:expr) => {
                $crate::declare_element! {
                    static $element: $ty = $plugin, in $name
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
                in PLUGIN_0_1_INTERFACES
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
        $($interface)*! { static $name: $crate::Plugin<dyn $($interface)*> = $plugin }
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
            in PLUGIN_0_1_HOSTS
        }
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
