//! One registered plugin, as it lies in a slot.

#[cfg(feature = "std")]
use core::any::type_name;
use core::fmt::{self, Debug};
use core::hash::{Hash, Hasher};
use core::ops::Deref;
#[cfg(feature = "std")]
use core::panic::Location;
#[cfg(feature = "std")]
use std::{boxed::Box, format};

use crate::{Interface, PluginInfo};
#[cfg(feature = "std")]
use crate::{
    dropin::{Object, foreign},
    text::{Key, check},
};

/// One plugin, as the provider of the interface `I`.
///
/// It dereferences to the interface, and has no methods of its own: an interface may have a
/// member of any name, `name()` and `info()` among them.
///
/// ```
/// # mod demo {
/// use plugin_core::{interface, plugin};
///
/// #[interface]
/// pub trait IGreeter {
///     fn name(&self) -> &str;
/// }
///
/// pub struct Greeter;
///
/// impl IGreeter for Greeter {
///     fn name(&self) -> &str {
///         "the member called `name`"
///     }
/// }
///
/// #[plugin(IGreeter, name = "polite")]
/// pub static POLITE: Greeter = Greeter;
/// # }
/// # use demo::*;
/// # fn main() {
/// let plugin = &plugin_core::plugins::<dyn IGreeter>()[0];
/// assert_eq!(plugin.name(), "the member called `name`");
/// assert_eq!(plugin.info.name(), "polite");
/// # }
/// ```
///
/// It is `Copy`: four words, or three where `I` is a type with a size, as in [`Slot::of_type`](crate::Slot::of_type).
/// Two are equal when they are of one plugin, wherever they were found. Only `#[plugin]` makes
/// one that is found; for tests, [`for_test`](Self::for_test) makes one that is not.
#[non_exhaustive]
// The object comes first, whatever the interface: a program relies on it in a library that it loads.
#[repr(C)]
pub struct Plugin<I: ?Sized + 'static> {
    /// The plugin itself: the very static that carries `#[plugin]`.
    pub object: &'static I,
    /// What is known of the plugin: its name, its place, its other interfaces.
    pub info: &'static PluginInfo,
}

// SAFETY: it has shared references alone, and an interface is `Send` and `Sync`. The compiler would find
// the same, but have much to say of a struct that is neither.
unsafe impl<I: ?Sized + Interface> Send for Plugin<I> {}
// SAFETY: as above.
unsafe impl<I: ?Sized + Interface> Sync for Plugin<I> {}

#[cfg(feature = "std")]
impl<I: ?Sized + Interface> Plugin<I> {
    /// A plugin for one test: what a host's function takes as an argument, without a `#[plugin]`.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::interface;
    /// # #[interface]
    /// # pub trait IShape { fn area(&self) -> f64; }
    /// # pub struct Square(pub f64);
    /// # impl IShape for Square { fn area(&self) -> f64 { self.0 * self.0 } }
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// use plugin_core::{Plugin, PluginRef, plugins};
    ///
    /// fn largest(shapes: &[Plugin<dyn IShape>]) -> Option<PluginRef<dyn IShape>> {
    ///     let largest = shapes.iter().max_by(|a, b| a.area().total_cmp(&b.area()));
    ///     largest.copied().map(PluginRef::from)
    /// }
    ///
    /// let small = Plugin::<dyn IShape>::for_test("small", &Square(1.0));
    /// let large = Plugin::<dyn IShape>::for_test("large", &Square(2.0));
    /// let found = largest(&[small, large]).unwrap();
    /// assert_eq!(found.info.name(), "large");
    /// assert_eq!(found.area(), 4.0);
    ///
    /// // It is in no slot, where other tests would find it.
    /// assert!(plugins::<dyn IShape>().is_empty());
    /// # }
    /// ```
    ///
    /// It lists the interface `I` alone, and can be cast to no other. Its id is the name, its file and line
    /// are those of the call, its priority is 0; it has neither package, version, docs, nor tags. Its type is
    /// not known, so [`PluginInfo::downcast_ref`] finds nothing. Each call makes another plugin, and
    /// allocates some hundred bytes that are never freed. For an object that is built while the test runs,
    /// pass `Box::leak(Box::new(object))`.
    ///
    /// # Panics
    ///
    /// If the name is one that `#[plugin]` would not accept.
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
