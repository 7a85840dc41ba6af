//! One registered plugin, as it lies in a slot.

use core::fmt::{self, Debug};
use core::hash::{Hash, Hasher};
use core::ops::Deref;

use crate::{Interface, PluginInfo};

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
/// one.
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
