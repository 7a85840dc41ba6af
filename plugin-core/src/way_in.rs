//! The macro that `#[interface]` declares: through it, a plugin reaches plugin-core and the interface's slot.

mod configured;

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
///
/// A record, through the macro of its interface again.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_record_of {
    ([$($interface:tt)*] $($record:tt)*) => { $($interface)*! { $($record)* } };
}
