//! What generated code names. Nothing here is public API.

#[doc(hidden)]
pub mod __private {
    /// Not public API. Used by generated code.
    ///
    /// Not the crate itself: the compiler would call all that is in it by this path, in the errors of
    /// every crate that depends on this one.
    pub mod core {
        pub mod mem {
            pub use ::core::mem::offset_of;
        }
        pub use ::core::ops::FnOnce;
        pub use ::core::{
            assert, compile_error, concat, file, line, module_path, primitive, stringify,
        };
    }
    pub use plugin_macros::exported;
    #[cfg(feature = "std")]
    pub use std::sync::LazyLock;

    #[cfg(feature = "config")]
    pub use crate::configured::{
        Fault, Given, Made, Makers, Making, NotShared, Owned, Share, Shared, Sharing, made,
    };
    #[cfg(feature = "schema")]
    pub use crate::configured::{HasSchema, NoSchema, SchemaOf, nothing_described};
    #[cfg(feature = "std")]
    pub use crate::dropin::across::{
        Across, Arcs, Boxes, CarriesNothing, Coerced, Crosses, Guard, Guarded, Guarding, Held,
        LendsItself, NotCoerced, NotGuarded, Objects, Own, Rcs, Side, Standing, Table, Unguarded,
        boxes, called, carry_arc, carry_box, carry_rc, carry_ref, carrying, lend, lend_mut,
        lending, lending_mut,
    };
    pub use crate::dropin::crossing::{Crossing, crossed, erased as crossing};
    pub use crate::hosts::Host;
    pub use crate::info::{Described, info, module_path, plugin};
    pub use crate::interface::{
        Erased, Identity, InterfaceData, Listed, MemberData, erased, listed,
    };
    pub use crate::kind::{CastOf, KindAt, KindOf, List, NotProvided, Provider, Providing};
    pub use crate::text::{Key, check, joined, length, text};
    pub use crate::{
        __plugin_docs as docs, __plugin_dylib as dylib, __plugin_hold as hold,
        __plugin_lazy as lazy,
    };

    pub use crate::backend::*;
    pub use crate::bases::{Bases, NotAnInterface, Probe};
    pub use crate::dropin::shape::{
        Again, At, Found, Node, Reached, key, mixed, reached, text as hash,
    };

    /// Not public API. Used by generated code, and by plugin-loader.
    #[cfg(feature = "std")]
    pub mod dropin {
        pub use crate::dropin::installed::{Installed, install};
        pub use crate::dropin::*;
        pub use crate::find::{Found, Index, Missing, Several, those_called};
        pub use crate::origin::{Origin, Package};
    }

    /// Not public API. Used by generated code.
    ///
    /// What stands beside a plugin. One import costs less than two.
    pub mod beside {
        pub use crate as __plugin_core;
        pub use crate::kind::NotProvided as _;
    }

    /// Not public API. Used by generated code.
    ///
    /// The macros of a plugin's interfaces, where there are none. Each name costs every plugin that imports it.
    pub mod refused {
        pub use plugin_macros::{
            no_interface as __plugin_0, no_interface as __plugin_1, no_interface as __plugin_2,
            no_interface as __plugin_3,
        };

        pub mod more {
            pub use plugin_macros::{
                no_interface as __plugin_4, no_interface as __plugin_5, no_interface as __plugin_6,
                no_interface as __plugin_7, no_interface as __plugin_8, no_interface as __plugin_9,
                no_interface as __plugin_10, no_interface as __plugin_11,
                no_interface as __plugin_12, no_interface as __plugin_13,
                no_interface as __plugin_14, no_interface as __plugin_15,
            };
        }
    }

    use crate::{Interface, InterfaceInfo, Member, Parameter, Slot, Tag};

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn interface(data: InterfaceData) -> InterfaceInfo {
        InterfaceInfo::new(data)
    }

    /// Not public API. Used by generated code.
    ///
    /// What is known of the interface of `I`'s makers, but for its key and its names.
    #[cfg(feature = "config")]
    #[must_use]
    pub const fn maker<I: ?Sized + crate::Configurable>() -> InterfaceData {
        InterfaceData {
            wants_one: false,
            extends: &[],
            members: &[],
            erased: erased::<dyn crate::Maker<I>>(),
            ..I::INFO.data()
        }
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn member(data: MemberData) -> Member {
        Member::new(data)
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn parameter(name: &'static str, ty: &'static str) -> Parameter {
        Parameter::new(name, ty)
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn tag(key: &'static str, value: &'static str) -> Tag {
        Tag::new(key, value)
    }

    /// Not public API. Used by generated code.
    ///
    /// What the slot's name stands for where the slot itself cannot be seen.
    pub struct InFunctionBody;

    /// Not public API. Used by generated code.
    #[track_caller]
    pub const fn in_a_module<T>(_: &T) {
        assert!(
            size_of::<T>() != size_of::<InFunctionBody>(),
            "an interface cannot be declared inside a function body\n\
             help: move the trait out of the function, into its module"
        );
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn host(
        package: &'static str,
        version: &'static str,
        crates: &'static [&'static str],
    ) -> Host {
        Host {
            package,
            version,
            crates,
        }
    }

    /// Not public API. Used by generated code.
    #[must_use]
    pub const fn slot<I: ?Sized + Interface>() -> Slot<I> {
        Slot::new()
    }
}

/// Not public API. Used by generated code.
///
/// The text of a doc comment, or nothing without the feature `docs`.
#[cfg(feature = "docs")]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_docs {
    ($($text:tt)*) => { $crate::__private::core::concat!($($text)*) };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "docs"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_docs {
    ($($text:tt)*) => {
        ""
    };
}

/// Not public API. Used by generated code.
///
/// The impl for `LazyLock`, or nothing without the feature `std`.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_lazy {
    ($($item:tt)*) => { $($item)* };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_lazy {
    ($($item:tt)*) => {};
}

/// Not public API. Used by generated code.
///
/// Has the linker take what defines the symbol.
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_hold {
    ($symbol:literal) => {
        const _: () = {
            // SAFETY: `link_plugins!()` has read the name in a crate that is linked in, where a static
            // has it; and nothing but the static's address is taken.
            unsafe extern "C" {
                #[link_name = $symbol]
                safe static __PLUGIN_HELD: u8;
            }

            #[used]
            static __PLUGIN_HOLD: &u8 = &__PLUGIN_HELD;
        };
    };
}

/// Not public API. Used by generated code.
///
/// All that an attribute adds to an item goes through here: where `crate = …` leads elsewhere, that
/// is then one error, about this name.
#[doc(hidden)]
#[macro_export]
macro_rules! declare {
    ($($item:tt)*) => { $($item)* };
}

/// Not public API. Used by generated code.
///
/// Declares the macro that each interface is too: the way into its slot, from any crate that can name the
/// interface. It knows where plugin-core is, and what the interface's objects are.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_way_in {
    (
        $(#[$attr:meta])* $vis:vis $name:ident as $alias:ident:
        [$($dyn:tt)?] [] $declare:ident { $($register:tt)* }
    ) => {
        $(#[$attr])*
        #[doc(hidden)]
        #[$crate::__private::exported]
        macro_rules! $name {
            (plugin $path:path, $plugin:tt) => { $crate::$declare! $plugin };
            (type $path:path) => { $($dyn)? $path };
            (unit $path:path) => { $($dyn)? $path };
            (made $path:path, { $error:ty }) => { $error };
            (seen $kind:ident $path:path) => { $($dyn)? $path };
            (unit [$unit:ident $boxed:expr] $place:ident as $path:tt = $plugin:expr) => {
                $crate::declare_record_of! { $path static $place as $path = $plugin }
            };
            (made $place:ident as $path:tt = $plugin:expr) => {};
            $($register)*
        }

        #[doc(hidden)]
        #[allow(clippy::pub_use)]
        $vis use $name as $alias;
    };
    (
        $(#[$attr:meta])* $vis:vis $name:ident as $alias:ident:
        [$dyn:tt] [configured] $declare:ident $register:tt
    ) => {
        $crate::declare_configured_way_in! { $(#[$attr])* $vis $name as $alias: $dyn $declare $register }
    };
}

/// Not public API. Used by generated code.
#[cfg(feature = "config")]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_configured_way_in {
    (
        $(#[$attr:meta])* $vis:vis $name:ident as $alias:ident: $dyn:tt $declare:ident
        { $($register:tt)* }
    ) => {
        $(#[$attr])*
        #[doc(hidden)]
        #[$crate::__private::exported]
        macro_rules! $name {
            (plugin $path:path, $plugin:tt) => { $crate::$declare! $plugin };
            (type $path:path) => { $dyn $path };
            (unit $path:path) => { $dyn $crate::Maker<$dyn $path> };
            (made $path:path, $error:tt) => { $dyn $crate::Maker<$dyn $path> };
            (seen static $path:path) => { $dyn $path };
            (seen $kind:ident $path:path) => { $dyn $crate::Maker<$dyn $path> };
            (unit [$unit:ident $boxed:expr] $place:ident as [$path:path] = $plugin:expr) => {
                impl $crate::Maker<$dyn $path> for $unit {
                    fn make_of(
                        &self,
                        parameters: $crate::__private::Given<'_, '_>,
                    ) -> $crate::__private::Making<$dyn $path> {
                        $crate::__private::made(parameters, || $boxed)
                    }

                    $crate::declare_no_schema! {}
                }

                static $place: $crate::Plugin<$dyn $crate::Maker<$dyn $path>> = $plugin;
                $crate::declare_maker! { $crate::__private::Made::new(&$place) }
            };
            (made $place:ident as [$path:path] = $plugin:expr) => {
                static $place: $crate::Plugin<$dyn $crate::Maker<$dyn $path>> = $plugin;
                $crate::declare_maker! { $crate::__private::Made::new(&$place) }
            };
            $($register)*
        }

        #[doc(hidden)]
        #[allow(clippy::pub_use)]
        $vis use $name as $alias;
    };
}

/// Not public API. Used by generated code.
///
/// The interface has its error, and its plugins have none.
#[cfg(not(feature = "config"))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_configured_way_in {
    ($(#[$attr:meta])* $vis:vis $name:ident as $alias:ident: $dyn:tt $declare:ident $register:tt) => {
        $(#[$attr])*
        #[doc(hidden)]
        #[$crate::__private::exported]
        macro_rules! $name {
            (plugin $path:path, $plugin:tt) => { ((),) };
            (type $path:path) => { $dyn $path };
            (unit $path:path) => { $dyn $path };
            (made $path:path, $error:tt) => { $dyn $path };
            (seen $kind:ident $path:path) => { $dyn $path };
            (static $place:ident as $path:tt = $plugin:expr) => {};
            (unit $unit:tt $place:ident as $path:tt = $plugin:expr) => {};
            (made $place:ident as $path:tt = $plugin:expr) => {};
        }

        #[doc(hidden)]
        #[allow(clippy::pub_use)]
        $vis use $name as $alias;
    };
}

/// Not public API. Used by generated code.
///
/// A record, through the macro of its interface again.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_record_of {
    ([$($interface:tt)*] $($record:tt)*) => { $($interface)*! { $($record)* } };
}

/// Not public API. Used by generated code.
///
/// The schema of a plugin without parameters.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_no_schema {
    () => {
        fn schema(&self) -> $crate::__private::SchemaOf {
            $crate::__private::nothing_described()
        }
    };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_no_schema {
    () => {};
}

/// Not public API. Used by generated code.
///
/// What a configured interface has besides, or the error that the attribute has made for this.
#[cfg(feature = "config")]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_configured {
    ({ $($error:tt)* } { $($item:tt)* }) => { $($item)* };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "config"))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_configured {
    ({ $($error:tt)* } { $($item:tt)* }) => { $($error)* };
}

/// Not public API. Used by generated code.
///
/// The texts of a plugin, in the order of `Text` in `info`: from literals alone, or where the name or the
/// id is another constant.
#[doc(hidden)]
#[macro_export]
macro_rules! plugin_text {
    ($origin:literal $path:literal $docs:expr) => {
        $crate::__private::core::concat!(
            $origin,
            $crate::__private::core::file!(),
            "\0",
            $crate::__private::core::line!(),
            "\0\0",
            $crate::__private::core::module_path!(),
            $path,
            $docs,
        )
    };
    ([$name:expr] $origin:literal [$($id:expr),*] $docs:expr) => {{
        const __PLUGIN_PARTS: &[&$crate::__private::core::primitive::str] = &[
            $name,
            $crate::__private::core::concat!(
                $origin,
                $crate::__private::core::file!(),
                "\0",
                $crate::__private::core::line!(),
                "\0",
            ),
            $($id,)*
            $crate::__private::core::concat!("\0", $docs),
        ];
        const __PLUGIN_JOINED: [$crate::__private::core::primitive::u8; $crate::__private::length(__PLUGIN_PARTS)] =
            $crate::__private::joined(__PLUGIN_PARTS);
        $crate::__private::text(&__PLUGIN_JOINED)
    }};
}

/// Not public API. Used by generated code.
///
/// What makes a plugin of a static, in a block that the attribute has written. What else it has written names
/// plugin-core as `__plugin_core`. The value is what a macro of the user's would not give.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_plugin {
    (
        $place:ident $key:literal $ty:tt, $object:ident, $kind:expr, $priority:expr,
        ($($text:tt)*) { $($item:tt)* }
        { $($way_in:ident [$($word:tt)*] $record:ident as $interface:tt = $plugin:expr;)* }
    ) => {
        use $crate::__private::beside::*;

        const __PLUGIN_TEXT: &$crate::__private::core::primitive::str =
            $crate::plugin_text!($($text)*);
        static __PLUGIN_INFO: $crate::__private::Described<
            [$crate::__private::core::primitive::u8; __PLUGIN_TEXT.len()],
        > = $crate::__private::info(
            &$object,
            $kind,
            $priority,
            __PLUGIN_TEXT,
        );

        $($item)*
        $($way_in! { $($word)* $record as $interface = $plugin })*
        ((),)
    };
}
