//! Sections in Mach-O, with names of up to 16 bytes: the linker defines symbols for the start and the end of each.

/// An end of a section, of which the compiler knows nothing.
///
/// The linker makes a section that nothing is put into where it happens to be, and a slice is aligned even if
/// it is empty.
#[inline]
pub(super) fn seen<T>(end: *const T) -> *const T {
    end.map_addr(|address| address & !(align_of::<T>() - 1))
}

/// Not public API. Used by generated code.
///
/// An end of a section: an address, and nothing that is there.
#[repr(C)]
pub struct End([u8; 0]);

/// Not public API. Used by generated code.
///
/// The section of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! new_section {
    ($name:ident $short:literal: [$element:ty]) => {{
        unsafe extern "C" {
            #[link_name = $crate::__private::core::concat!("\x01section$start$__DATA$", $short)]
            static START: $crate::__private::End;
            #[link_name = $crate::__private::core::concat!("\x01section$end$__DATA$", $short)]
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
/// Puts a value into the section of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_element {
    ($name:ident $short:literal: static $place:ident: $element:ty = $value:expr) => {
        #[used]
        // SAFETY: the section holds values of this type, and nothing else: its macro has put the type here.
        #[unsafe(link_section = $crate::__private::core::concat!("__DATA,", $short, ",regular,no_dead_strip"))]
        static $place: $element = $value;
    };
}

/// Not public API. Used by generated code.
///
/// The plugins of a slot: not what its static says, which would be loads from memory.
#[doc(hidden)]
#[macro_export]
macro_rules! slot_plugins {
    ($name:ident $short:literal: [$interface:ty]) => {
        $crate::new_section!($name $short: [$crate::Plugin<$interface>]).read()
    };
}
