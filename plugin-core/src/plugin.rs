//! The record of one plugin in a slot; the files beside it are what the record is made of.

pub(crate) mod bases;
pub(crate) mod info;
pub(crate) mod kind;
pub(crate) mod text;

#[cfg(feature = "std")]
use core::any::type_name;
use core::fmt::{self, Debug};
use core::hash::{Hash, Hasher};
use core::ops::Deref;
#[cfg(feature = "std")]
use core::panic::Location;
#[cfg(feature = "std")]
use std::{boxed::Box, format};

#[cfg(feature = "std")]
use self::text::{Key, check};
#[cfg(feature = "std")]
use crate::dropin::{Object, foreign};
use crate::{Interface, PluginInfo};

/// One plugin, seen as the interface `I`.
///
/// It dereferences to the interface. It has no methods of its own, so a member of the interface may have any name,
/// such as `name` or `info`:
///
/// ```
/// use plugin_core::{interface, plugin, plugins};
///
/// #[interface]
/// pub trait IGreeter {
///     fn name(&self) -> &str;
/// }
///
/// struct Greeter;
///
/// impl IGreeter for Greeter {
///     fn name(&self) -> &str {
///         "the member called `name`"
///     }
/// }
///
/// #[plugin(IGreeter, name = "polite")]
/// static POLITE: Greeter = Greeter;
///
/// fn main() {
///     let plugin = &plugins::<dyn IGreeter>()[0];
///     assert_eq!(plugin.name(), "the member called `name`");
///     assert_eq!(plugin.info.name(), "polite");
/// }
/// ```
///
/// It is `Copy`, and four words in memory; three if `I` is `Sized`, as in [`Slot::of_type`](crate::Slot::of_type).
/// Two are equal if they are of the same plugin, however they were found.
///
/// Lookups find only what `#[plugin]` declares. For a test, [`for_test`](Self::for_test) makes a plugin that no lookup
/// finds.
#[non_exhaustive]
// The object comes first, whatever the interface: a program relies on it in a library that it loads.
#[repr(C)]
pub struct Plugin<I: ?Sized + 'static> {
    /// The plugin's object: for a static, a reference to the static itself.
    pub object: &'static I,
    /// The description of the plugin: its name, where it is declared, its other interfaces.
    pub info: &'static PluginInfo,
}

// SAFETY: it has shared references alone, and an interface is `Send` and `Sync`. The compiler would find
// the same, but have much to say of a struct that is neither.
unsafe impl<I: ?Sized + Interface> Send for Plugin<I> {}
// SAFETY: as above.
unsafe impl<I: ?Sized + Interface> Sync for Plugin<I> {}

#[cfg(feature = "std")]
impl<I: ?Sized + Interface> Plugin<I> {
    /// Makes a plugin for a test, without `#[plugin]`.
    ///
    /// Use it to test a function of a host that takes plugins as arguments. No lookup finds the plugin, so it does not
    /// disturb other tests.
    ///
    /// ```
    /// use plugin_core::{Plugin, PluginRef, interface, plugins};
    ///
    /// #[interface]
    /// pub trait IShape {
    ///     fn area(&self) -> f64;
    /// }
    ///
    /// fn largest(shapes: &[Plugin<dyn IShape>]) -> Option<PluginRef<dyn IShape>> {
    ///     let largest = shapes.iter().max_by(|a, b| a.area().total_cmp(&b.area()));
    ///     largest.copied().map(PluginRef::from)
    /// }
    ///
    /// struct Square(f64);
    ///
    /// impl IShape for Square {
    ///     fn area(&self) -> f64 {
    ///         self.0 * self.0
    ///     }
    /// }
    ///
    /// fn main() {
    ///     let small = Plugin::<dyn IShape>::for_test("small", &Square(1.0));
    ///     let large = Plugin::<dyn IShape>::for_test("large", &Square(2.0));
    ///     let found = largest(&[small, large]).unwrap();
    ///     assert_eq!(found.info.name(), "large");
    ///
    ///     assert!(plugins::<dyn IShape>().is_empty());
    /// }
    /// ```
    ///
    /// The plugin lists the interface `I` alone. Its id is its name, its file and line are those of the call, and its
    /// priority is 0. Its package, version, docs, and tags are empty. [`PluginInfo::downcast_ref`] returns `None`.
    ///
    /// For an object that is built at run time, pass `Box::leak(Box::new(object))`. Each call makes a different plugin,
    /// and allocates some hundred bytes that are never freed.
    ///
    /// # Panics
    ///
    /// If `#[plugin]` would not accept the name.
    #[must_use]
    #[track_caller]
    pub fn for_test(name: &str, object: &'static I) -> Self {
        // What `check` says of an empty name is for `#[plugin]`, which may leave it out.
        assert!(!name.is_empty(), "a plugin's name cannot be empty");
        check(Key::Name, name);
        let location = Location::caller();
        let (file, line) = (location.file(), location.line());
        Self {
            object,
            info: foreign(
                &format!("{name}\0\0\0{file}\0{line}\0\0{name}\0"),
                0,
                type_name::<I>(),
                &[],
                Box::leak(Box::new([I::INFO])),
                &[Object::of(object)],
            ),
        }
    }
}

impl<I: ?Sized> Clone for Plugin<I> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: ?Sized> Copy for Plugin<I> {}

impl<I: ?Sized> Deref for Plugin<I> {
    type Target = I;

    fn deref(&self) -> &I {
        self.object
    }
}

impl<I: ?Sized> PartialEq for Plugin<I> {
    fn eq(&self, other: &Self) -> bool {
        self.info == other.info
    }
}

impl<I: ?Sized> Eq for Plugin<I> {}

impl<I: ?Sized> Hash for Plugin<I> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.info.hash(state);
    }
}

impl<I: ?Sized> Debug for Plugin<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.info.fmt_as("Plugin", formatter)
    }
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
