//! What `dropin!()` and `#[plugin]` declare for drop-ins. Targets without drop-ins have the same macros, which declare
//! nothing, or an error.

/// Not public API. Used by generated code.
///
/// What makes a drop-in of a library: its header, its allocator, and the entry that hosts call.
#[cfg(all(feature = "std", any(unix, windows)))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_library {
    ($package:literal, $version:literal, $flags:literal, [$($named:expr,)*]) => {
        const _: () = {
            const _: () = $crate::__private::core::assert!(
                $crate::__private::dropin::BUILD.is_known(),
                "the compiler does not say which version it is, so no program would load this drop-in\n\
                 help: build with a compiler that answers `rustc -vV`"
            );

            #[used]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin"))]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropin"))]
            static __PLUGIN_HEADER: [$crate::__private::core::primitive::u8;
                $crate::__private::dropin::header_len($package, $version, $flags)] =
                $crate::__private::dropin::header($package, $version, $flags);

            static __PLUGIN_NAMED: &[$crate::__private::dropin::Named] = &[$({
                const __PLUGIN_NAMED: $crate::__private::dropin::Known = $named;
                #[used]
                #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin"))]
                #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropin"))]
                static __PLUGIN_RECORD: [$crate::__private::core::primitive::u8;
                    $crate::__private::dropin::offered_len(__PLUGIN_NAMED)] =
                    $crate::__private::dropin::offered(__PLUGIN_NAMED);
                $crate::__private::dropin::Named::new(__PLUGIN_NAMED, &__PLUGIN_RECORD)
            },)*];

            #[global_allocator]
            static __PLUGIN_ALLOCATOR: $crate::__private::dropin::Allocator =
                $crate::__private::dropin::Allocator::new();

            #[unsafe(export_name = "plugin_core_dropin_7")]
            extern "C" fn __plugin_entry(handshake: &mut $crate::__private::dropin::Handshake) {
                $crate::__private::dropin::enter(
                    handshake,
                    &__PLUGIN_ALLOCATOR,
                    &__PLUGIN_HEADER,
                    [$package, $version],
                    __PLUGIN_NAMED,
                );
            }
        };
    };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_library {
    ($($library:tt)*) => {
        $crate::__private::core::compile_error!(
            "drop-ins need the standard library\n\
             help: `plugin-core` with its feature `std`, which is on by default"
        );
    };
}

/// Not public API. Used by generated code.
#[cfg(all(feature = "std", not(any(unix, windows))))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_library {
    ($($library:tt)*) => {
        $crate::__private::core::compile_error!(
            "there are no drop-ins for this target\n\
             help: link the plugins into the program, with `link_plugins!()`"
        );
    };
}

/// Not public API. Used by generated code.
///
/// What a drop-in says of one plugin, whose text is in `__PLUGIN_TEXT`, in its file and to who has
/// loaded it.
#[cfg(all(feature = "std", any(unix, windows)))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_offer {
    (
        $priority:expr,
        [$($interface:expr,)*],
        $tags:expr,
        [$($crossed:expr,)*],
        [$($guarded:expr,)*]
    ) => {
        const __PLUGIN_PRIORITY: $crate::__private::core::primitive::i32 = $priority;
        const __PLUGIN_LIST: &[&$crate::InterfaceInfo] = &[$($interface),*];
        const __PLUGIN_TAGS: &[$crate::Tag] = $tags;
        const __PLUGIN_CROSSED: &[$crate::__private::dropin::Crossed] = &[$($crossed),*];

        #[used]
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__dropin"))]
        #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".dropin"))]
        static __PLUGIN_RECORD: [$crate::__private::core::primitive::u8;
            $crate::__private::dropin::record_len(
                __PLUGIN_TEXT,
                __PLUGIN_PRIORITY,
                __PLUGIN_LIST,
                __PLUGIN_TAGS,
                __PLUGIN_CROSSED,
            )] = $crate::__private::dropin::record(
                __PLUGIN_TEXT,
                __PLUGIN_PRIORITY,
                __PLUGIN_LIST,
                __PLUGIN_TAGS,
                __PLUGIN_CROSSED,
            );

        static __PLUGIN_OBJECTS: $crate::__private::dropin::Objects = {
            use $crate::__private::NotGuarded as _;
            &[$($guarded),*]
        };

        static __PLUGIN_DROP_IN: $crate::__private::dropin::DropIn =
            $crate::__private::dropin::DropIn::new(&__PLUGIN_RECORD, __PLUGIN_OBJECTS);
    };
}

/// Not public API. Used by generated code.
#[cfg(not(all(feature = "std", any(unix, windows))))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_offer {
    ($($offer:tt)*) => {};
}

/// Not public API. Used by generated code.
///
/// A plugin of an interface that may be crossed, and beside it what a drop-in finds it by that names its crate.
#[cfg(all(feature = "std", any(unix, windows)))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_plugin_to_name {
    (
        $place:ident $key:literal $ty:tt, $object:ident, $kind:expr, $priority:expr, $text:tt { $($item:tt)* }
        { $($way_in:ident $word:tt $record:ident as $interface:tt = $plugin:expr;)* }
    ) => {
        $crate::declare_plugin! {
            $place $key $ty, $object, $kind, $priority, $text
            {
                $($item)*

                pub enum $place {}

                impl $crate::__private::dropin::Offer<$place> for $crate::__private::dropin::Offered<$key> {
                    const PLUGIN: $crate::__private::dropin::Known = {
                        use $crate::__private::NotGuarded as _;
                        use $crate::__private::dropin::MayNotCross as _;
                        const __PLUGIN_OBJECTS: $crate::__private::dropin::Objects =
                            &[$($crate::__private::Guarded::new(
                                &$object,
                                $crate::__private::Guarding::<
                                    $ty,
                                    $crate::plugin_seen!($way_in $word $interface),
                                >::TABLE,
                            )),*];
                        const __PLUGIN_CROSSED: $crate::__private::dropin::MaybeCrossed =
                            &[$($crate::__private::dropin::MayCross::<
                                $crate::plugin_seen!($way_in $word $interface),
                            >::CROSSED),*];
                        $crate::__private::dropin::Known::new(
                            &__PLUGIN_INFO,
                            __PLUGIN_OBJECTS,
                            __PLUGIN_CROSSED,
                        )
                    };
                }
            }
            { $($way_in $word $record as $interface = $plugin;)* }
        }
    };
}

/// Not public API. Used by generated code.
#[cfg(not(all(feature = "std", any(unix, windows))))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_plugin_to_name {
    ($($plugin:tt)*) => {
        $crate::declare_plugin! { $($plugin)* }
    };
}

/// Not public API. Used by generated code.
///
/// As what a plugin is found under an interface. Where there is none, that has been said.
#[doc(hidden)]
#[macro_export]
macro_rules! plugin_seen {
    ($way_in:ident [$word:ident $($unit:tt)*] [$($interface:tt)*]) => {
        $way_in!(seen $word $($interface)*)
    };
}

/// Not public API. Used by generated code.
///
/// The kind of a plugin that says what it is in its library's file.
#[cfg(all(feature = "std", any(unix, windows)))]
#[doc(hidden)]
#[macro_export]
macro_rules! with_offer {
    ($kind:expr) => {
        $kind.with_drop_in(&__PLUGIN_DROP_IN)
    };
}

/// Not public API. Used by generated code.
#[cfg(not(all(feature = "std", any(unix, windows))))]
#[doc(hidden)]
#[macro_export]
macro_rules! with_offer {
    ($kind:expr) => {
        $kind
    };
}
