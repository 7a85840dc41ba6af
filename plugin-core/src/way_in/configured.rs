//! The same macro for an interface with `configured`. Without the feature `config`, the interface has no plugins.

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
