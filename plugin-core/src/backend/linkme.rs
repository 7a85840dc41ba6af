//! A section of the program for each interface, which the linker lays out, by way of linkme.

#[cfg(feature = "std")]
use core::ptr;
#[cfg(feature = "std")]
use core::slice;
#[cfg(feature = "std")]
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

pub use linkme;
pub use linkme::distributed_slice as element;

use super::found_nothing;
use crate::hosts::Host;
use crate::interfaces::Listed;
use crate::{Interface, Plugin};

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

/// Not public API. Used by generated code.
///
/// A section of the program that holds the plugins of one interface.
pub struct Section<I: ?Sized + 'static> {
    slice: &'static linkme::DistributedSlice<[Plugin<I>]>,
    /// The slice, once it has been read: the linker's symbols take five times the instructions.
    // Without std, where the program may have no memory to spare, nothing changes, and can stay in
    // flash.
    #[cfg(feature = "std")]
    read: OnceSlice<Plugin<I>>,
}

impl<I: ?Sized + Interface> Section<I> {
    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn new(slice: &'static linkme::DistributedSlice<[Plugin<I>]>) -> Self {
        Self {
            slice,
            #[cfg(feature = "std")]
            read: OnceSlice::new(),
        }
    }

    /// Not public API. Used by generated code.
    #[inline]
    #[must_use]
    pub fn read(&'static self) -> &'static [Plugin<I>] {
        #[cfg(feature = "std")]
        return self.read.get().unwrap_or_else(|| self.read_first());
        #[cfg(not(feature = "std"))]
        return self.read_first();
    }

    // Out of line, with no argument but the section, so that nothing is saved for it beforehand.
    #[cold]
    #[inline(never)]
    fn read_first(&self) -> &'static [Plugin<I>] {
        let slice = self.slice.static_slice();
        if slice.is_empty() {
            found_nothing(I::INFO);
        }
        #[cfg(feature = "std")]
        self.read.set(slice);
        slice
    }
}

/// A `&'static [T]`, once it is known.
///
/// `OnceLock<&'static [T]>` would be an instruction more, for a state of its own.
#[cfg(feature = "std")]
struct OnceSlice<T: 'static> {
    /// Null before it is known.
    start: AtomicPtr<T>,
    len: AtomicUsize,
}

#[cfg(feature = "std")]
impl<T: Sync> OnceSlice<T> {
    const fn new() -> Self {
        Self {
            start: AtomicPtr::new(ptr::null_mut()),
            len: AtomicUsize::new(0),
        }
    }

    #[inline]
    fn get(&self) -> Option<&'static [T]> {
        let start = self.start.load(Ordering::Acquire);
        if start.is_null() {
            return None;
        }
        let len = self.len.load(Ordering::Relaxed);
        // SAFETY: `start` is not null, so it comes from `set`, and with it, by the order of the
        // stores and loads, the length of a slice that is always the same one. `T` is `Sync`, and
        // nobody has it mutably, since `set` was given a shared reference for ever.
        Some(unsafe { slice::from_raw_parts(start, len) })
    }

    /// Keeps the slice. Whoever calls this twice, or in two threads, gives the same slice.
    fn set(&self, slice: &'static [T]) {
        self.len.store(slice.len(), Ordering::Relaxed);
        self.start
            .store(slice.as_ptr().cast_mut(), Ordering::Release);
    }
}

/// Not public API. Used by generated code.
///
/// Declares the section of one interface, under a name that is the only one in the program.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_slot {
    (
        $(#[$attr:meta])* $vis:vis static $name:ident as $alias:ident:
        [$interface:ty] [$($dyn:tt)?] $($once:ident)?
    ) => {
        $(#[$attr])*
        #[doc(hidden)]
        #[$crate::__private::element]
        #[linkme(crate = $crate::__private::linkme)]
        $vis static $name: [$crate::Plugin<$interface>];

        $crate::declare_way_in! {
            $(#[$attr])*
            $vis $name as $alias: [$($dyn)?] {
                (static $place:ident as $path:tt = $plugin:expr) => {
                    $crate::declare_record! { $path $place: [$($dyn)?] = $plugin }
                }
            }
        }

        $(#[$attr])*
        const _: () = {
            #[$crate::__private::element($crate::__private::PLUGIN_0_1_INTERFACES)]
            #[linkme(crate = $crate::__private::linkme)]
            static __PLUGIN_LISTED: $crate::__private::Listed =
                $crate::__private::listed::<$interface>();
        };
    };
}

/// Not public API. Used by generated code.
///
/// Puts a plugin into the section of an interface. The path stays the tokens that it is, since it names
/// a type, a value, and a macro here.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_record {
    ([$($path:tt)*] $place:ident: [$($dyn:tt)?] = $plugin:expr) => {
        #[$crate::__private::element($($path)*)]
        #[linkme(crate = $crate::__private::linkme)]
        static $place: $crate::Plugin<$($dyn)? $($path)*> = $plugin;
    };
}

/// Not public API. Used by generated code.
///
/// The plugins of a slot.
#[doc(hidden)]
#[macro_export]
macro_rules! slot_plugins {
    ($name:ident: [$interface:ty]) => {{
        static __PLUGIN_SECTION: $crate::__private::Section<$interface> =
            $crate::__private::Section::new(&$name);
        __PLUGIN_SECTION.read()
    }};
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
