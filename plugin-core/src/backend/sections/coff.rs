//! Sections in COFF: the linker sorts the parts of one by the text behind the `$` of its name, so a static before the
//! values marks the start, and one behind them the end.

use core::hint::black_box;
use core::mem::MaybeUninit;

/// An end of a section, of which the compiler knows nothing: it would find that nothing is behind a static
/// of its own, and make nothing of what reads there.
#[inline]
pub(super) fn seen<T>(end: *const T) -> *const T {
    black_box(end)
}

/// Not public API. Used by generated code.
///
/// What lies before the values of a section, or behind them: as large as one. A static of no size would
/// take some bytes, and nobody says how many.
#[repr(transparent)]
pub struct Bound<T>(MaybeUninit<T>);

impl<T> Bound<T> {
    /// Not public API. Used by generated code.
    pub const NEW: Self = Self(MaybeUninit::zeroed());

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn behind(&'static self) -> *const T {
        (&raw const self.0).cast::<T>().wrapping_add(1)
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn before(&'static self) -> *const T {
        (&raw const self.0).cast()
    }
}

// SAFETY: nobody reads it.
unsafe impl<T> Sync for Bound<T> {}

/// Not public API. Used by generated code.
///
/// The section of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! new_section {
    ($name:ident $short:literal: [$element:ty]) => {{
        #[used]
        #[unsafe(link_section = $crate::__private::core::concat!(".plugin$", $short, "$a"))]
        static START: $crate::__private::Bound<$element> = $crate::__private::Bound::NEW;
        #[used]
        #[unsafe(link_section = $crate::__private::core::concat!(".plugin$", $short, "$c"))]
        static STOP: $crate::__private::Bound<$element> = $crate::__private::Bound::NEW;
        // SAFETY: the linker puts these around the section. Every value in it is a static that comes from the
        // macro of its name, which is given the type: so it may be shared.
        unsafe { $crate::__private::Section::new(START.behind(), STOP.before()) }
    }};
}

/// Not public API. Used by generated code.
///
/// Puts a value into the section of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_element {
    ($name:ident $short:literal: static $place:ident: $element:ty = $value:expr) => {
        #[used]
        // SAFETY: the section holds values of this type, and nothing else: its macro has put the type here.
        #[unsafe(link_section = $crate::__private::core::concat!(".plugin$", $short, "$b"))]
        static $place: $element = $value;
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
