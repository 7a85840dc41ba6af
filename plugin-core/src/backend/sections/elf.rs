//! Sections in ELF: if the name of one is an identifier, the linker defines symbols for its start and its end.

/// Not public API. Used by generated code.
///
/// No value of a type, which is aligned as one is.
#[repr(transparent)]
pub struct Nothing<T>([T; 0]);

impl<T> Nothing<T> {
    /// Not public API. Used by generated code.
    pub const NEW: Self = Self([]);
}

// SAFETY: there is nothing to share.
unsafe impl<T> Sync for Nothing<T> {}

/// An end of a section, of which the compiler knows nothing.
#[inline]
pub(super) const fn seen<T>(end: *const T) -> *const T {
    end
}

/// Not public API. Used by generated code.
///
/// An end of a section: an address, and nothing that is there.
#[repr(C)]
pub struct End([u8; 0]);

/// Not public API. Used by generated code.
///
/// The section of that name, which is there even if nothing is put into it.
#[doc(hidden)]
#[macro_export]
macro_rules! new_section {
    ($name:ident $short:literal: [$element:ty]) => {{
        // Where nothing else is in the section, the linker knows its ends by this.
        #[used]
        #[unsafe(link_section = $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($name)))]
        static NOTHING: $crate::__private::Nothing<$element> = $crate::__private::Nothing::NEW;

        $crate::section!($name)
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
        #[unsafe(link_section = $crate::__private::core::concat!("plugins_", $crate::__private::core::stringify!($name)))]
        static $place: $element = $value;
    };
}

/// Not public API. Used by generated code.
///
/// The section of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! section {
    ($name:ident) => {{
        unsafe extern "C" {
            #[link_name = $crate::__private::core::concat!("__start_plugins_", $crate::__private::core::stringify!($name))]
            static START: $crate::__private::End;
            #[link_name = $crate::__private::core::concat!("__stop_plugins_", $crate::__private::core::stringify!($name))]
            static STOP: $crate::__private::End;
        }
        // SAFETY: the linker puts its symbols around the section. Every value in it is a static that comes
        // from the macro of its name, which is given the type: so it may be shared.
        unsafe {
            $crate::__private::Section::new((&raw const START).cast(), (&raw const STOP).cast())
        }
    }};
}

/// Not public API. Used by generated code.
///
/// The plugins of a slot: not what its static says, which would be loads from memory.
#[doc(hidden)]
#[macro_export]
macro_rules! slot_plugins {
    ($name:ident $short:literal: [$interface:ty]) => {
        $crate::section!($name).read()
    };
}
