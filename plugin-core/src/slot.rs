//! Where one interface's plugins are gathered.

use core::any::Any;
#[cfg(feature = "std")]
use core::cmp::Ordering;
#[cfg(not(feature = "std"))]
use core::marker::PhantomData;
#[cfg(feature = "std")]
use std::boxed::Box;
#[cfg(feature = "std")]
use std::sync::OnceLock;
#[cfg(feature = "std")]
use std::vec::Vec;

#[cfg(feature = "std")]
use crate::find::{FindError, Found, Index, OnlyError};
use crate::{Interface, InterfaceInfo, Plugin};
#[cfg(feature = "std")]
use crate::{PluginInfo, backend, installed, interfaces, order};

/// Every plugin of the interface `I` that is linked into this program, in the linker's order.
///
/// ```
/// # mod demo {
/// # #[plugin_core::interface]
/// # pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # use demo::*;
/// # fn main() {
/// for material in plugin_core::plugins::<dyn IMaterial>() {
///     println!("{}: {}", material.info.name(), material.yield_stress(500.0));
/// }
/// # }
/// ```
///
/// The slice is laid out by the linker: nothing is scanned, allocated, or run before `main`. Where the
/// linker gathers plugins, this is two addresses that it fills in. The order depends on the linker and on the build
/// profile. A crate that nothing names is not linked, and so contributes nothing.
#[doc(alias = "getPlugins")]
#[inline]
#[must_use]
pub fn plugins<I: ?Sized + Interface>() -> &'static [Plugin<I>] {
    I::plugins()
}

/// The slot of the interface `I`.
///
/// ```
/// # mod demo {
/// # #[plugin_core::interface]
/// # pub trait IMaterial {}
/// # }
/// # use demo::*;
/// # fn main() {
/// let slot = plugin_core::slot::<dyn IMaterial>();
/// assert_eq!(slot.info().name(), "IMaterial");
/// assert!(slot.plugins().is_empty());
/// # }
/// ```
#[inline]
#[must_use]
pub fn slot<I: ?Sized + Interface>() -> &'static Slot<I> {
    I::slot()
}

/// Where the plugins of the interface `I` are gathered; see [`slot()`].
///
/// A slot is fixed at link time: nothing is added to it, or taken out of it, while the program
/// runs.
// Without std, where the program may have no memory to spare: a slot that never changes can stay in
// flash.
pub struct Slot<I: ?Sized + 'static> {
    #[cfg(feature = "std")]
    sorted: OnceLock<Box<[&'static Plugin<I>]>>,
    #[cfg(feature = "std")]
    index: OnceLock<Index>,
    #[cfg(not(feature = "std"))]
    interface: PhantomData<fn(&I)>,
}

impl<I: ?Sized + Interface> Slot<I> {
    pub(crate) const fn new() -> Self {
        Self {
            #[cfg(feature = "std")]
            sorted: OnceLock::new(),
            #[cfg(feature = "std")]
            index: OnceLock::new(),
            #[cfg(not(feature = "std"))]
            interface: PhantomData,
        }
    }

    /// Every plugin of the interface, in the linker's order; see [`plugins()`].
    #[inline]
    #[must_use]
    pub fn plugins(&self) -> &'static [Plugin<I>] {
        I::plugins()
    }

    /// The plugins whose objects have the type `T`, in the linker's order, with the objects as `T`s.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::{interface, plugin};
    /// # #[interface]
    /// # pub trait IShape { fn area(&self) -> f64; }
    /// # pub struct Circle(f64);
    /// # impl IShape for Circle { fn area(&self) -> f64 { 3.14 * self.0 * self.0 } }
    /// # pub struct Square { pub side: f64 }
    /// # impl IShape for Square { fn area(&self) -> f64 { self.side * self.side } }
    /// #[plugin(IShape)]
    /// static CIRCLE: Circle = Circle(1.0);
    ///
    /// #[plugin(IShape, name = "unit-square")]
    /// static SQUARE: Square = Square { side: 1.0 };
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// for square in plugin_core::slot::<dyn IShape>().of_type::<Square>() {
    ///     assert_eq!(square.info.name(), "unit-square");
    ///     assert_eq!(square.side, 1.0);
    /// }
    /// # }
    /// ```
    ///
    /// For a `static X: LazyLock<T>`, the type is `LazyLock<T>`. It compares the type of each plugin with
    /// `T`, and allocates nothing.
    #[inline]
    #[must_use]
    pub fn of_type<T: Any>(
        &self,
    ) -> impl DoubleEndedIterator<Item = Plugin<T>> + Clone + use<T, I> {
        I::plugins().iter().filter_map(|plugin| {
            let object = plugin.info.downcast_ref()?;
            let info = plugin.info;
            Some(Plugin { object, info })
        })
    }

    /// Every plugin of the interface, by priority, highest first; then by id, version, file, and
    /// line.
    ///
    /// The order is the same in every build, whatever the linker does.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::{interface, plugin};
    /// # #[interface]
    /// # pub trait IStep {}
    /// # pub struct Step;
    /// # impl IStep for Step {}
    /// #[plugin(IStep)]
    /// static USUAL: Step = Step;
    ///
    /// #[plugin(IStep, priority = 10)]
    /// static FIRST: Step = Step;
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// let steps = plugin_core::slot::<dyn IStep>().sorted();
    /// assert_eq!(steps[0].info.name(), "FIRST");
    /// assert_eq!(steps[1].info.name(), "USUAL");
    /// # }
    /// ```
    ///
    /// They are sorted on the first call, which allocates one word for each; from then on this is
    /// a few loads.
    #[cfg(feature = "std")]
    #[inline]
    #[must_use]
    pub fn sorted(&self) -> &[&'static Plugin<I>] {
        self.sorted.get_or_init(|| {
            let plugins: Vec<&'static Plugin<I>> = Self::checked().iter().collect();
            order::by_rank(&plugins, |plugin| plugin.info).into()
        })
    }

    /// The plugins. If there are none, this checks that the linker has not lost the interface.
    #[cfg(feature = "std")]
    #[cold]
    fn checked() -> &'static [Plugin<I>] {
        let plugins = I::plugins();
        if plugins.is_empty() {
            backend::found_nothing(I::INFO);
        }
        plugins
    }

    /// The plugin with this name, with this id, or with the text that [`text_of`](Self::text_of) gives
    /// for it.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::{interface, plugin};
    /// # #[interface]
    /// # pub trait IUnit {}
    /// # pub struct Unit;
    /// # impl IUnit for Unit {}
    /// #[plugin(IUnit, name = "kelvin")]
    /// pub static KELVIN: Unit = Unit;
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// let slot = plugin_core::slot::<dyn IUnit>();
    /// let kelvin = slot.find("kelvin").unwrap();
    /// assert!(std::ptr::eq(kelvin, slot.find(kelvin.info.id()).unwrap()));
    /// assert!(slot.find("celsius").is_err());
    /// # }
    /// ```
    ///
    /// Where plugin-loader's `Package::install` has made a package of drop-ins the program's, it is asked for what is
    /// not linked in.
    ///
    /// A name is preferred to an id. The first call makes an index of all names and ids, of 24 to 48 bytes
    /// for each plugin; from then on the time does not depend on how many plugins there are.
    ///
    /// # Errors
    ///
    /// [`NotFound`](FindError::NotFound) if there is no such plugin, with the names that there are.
    /// [`Ambiguous`](FindError::Ambiguous) if several plugins have the name or the id, with the text that
    /// finds each of them.
    #[cfg(feature = "std")]
    #[inline]
    pub fn find(&self, name: &str) -> Result<&'static Plugin<I>, FindError> {
        let plugins = I::plugins();
        let index = self
            .index
            .get_or_init(|| Index::new(&infos(Self::checked())));
        let get = |place| {
            plugins
                .get(place)
                .map(|plugin: &'static Plugin<I>| (plugin, plugin.info))
        };
        match index.find(name, get) {
            Found::One(plugin) => Ok(plugin),
            Found::Several => Err(FindError::ambiguous(name, I::INFO, &infos(plugins))),
            Found::None => installed::find(name),
        }
    }

    /// The text by which [`find`](Self::find) finds this plugin, and no other: what to show in a list to
    /// choose from.
    ///
    /// It is the plugin's name, if no other plugin of the interface has that; or its id, in the same way; or
    /// the id and the version, `metals::STEEL@0.1.0`; or, of several with one id and version,
    /// `metals::STEEL@0.1.0#2`. They are numbered from 1, by file and line, and in the slot's order where
    /// one macro has written several on one line. [`PluginRef`](crate::PluginRef) writes and reads this text.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::interface;
    /// # #[interface]
    /// # pub trait IUnit {}
    /// # pub struct Unit;
    /// # impl IUnit for Unit {}
    /// mod old {
    /// #   use super::{IUnit, Unit};
    /// #   use plugin_core::plugin;
    ///     #[plugin(IUnit, name = "foot")]
    ///     pub static FOOT: Unit = Unit;
    /// }
    ///
    /// mod new {
    /// #   use super::{IUnit, Unit};
    /// #   use plugin_core::plugin;
    ///     #[plugin(IUnit, name = "foot")]
    ///     pub static FOOT: Unit = Unit;
    /// }
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// let slot = plugin_core::slot::<dyn IUnit>();
    /// assert!(slot.find("foot").is_err());
    ///
    /// let foot = slot.sorted()[0];
    /// assert!(slot.text_of(foot.info).ends_with("demo::new::FOOT"));
    /// assert_eq!(slot.find(slot.text_of(foot.info)).unwrap().info, foot.info);
    /// # }
    /// ```
    ///
    /// For a plugin that is not in the slot, it is the name, or the id if the name finds another plugin.
    ///
    /// Three searches at most, and the index that `find` makes. If a program has equal ids, the index keeps
    /// a text for each plugin that its id does not find.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn text_of(&self, info: &'static PluginInfo) -> &'static str {
        interfaces::text_of(I::INFO, info)
    }

    #[cfg(feature = "std")]
    pub(crate) fn index(&self) -> &OnceLock<Index> {
        &self.index
    }

    /// The one plugin of the interface; of several, the one of the highest priority.
    ///
    /// So a library can bring a default, and an application can override it.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::{interface, plugin};
    /// # #[interface(one)]
    /// # pub trait IClock {}
    /// # pub struct Clock;
    /// # impl IClock for Clock {}
    /// #[plugin(IClock, priority = -100)]
    /// pub static DEFAULT: Clock = Clock;
    ///
    /// #[plugin(IClock)]
    /// pub static SIMULATED: Clock = Clock;
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// let clock = plugin_core::slot::<dyn IClock>().only().unwrap();
    /// assert_eq!(clock.info.name(), "SIMULATED");
    /// # }
    /// ```
    ///
    /// Those of a package that plugin-loader's `Package::install` has made the program's count, too, and a library is loaded
    /// if its plugin is the one.
    ///
    /// Nothing is remembered: where there are several plugins, each call compares their priorities.
    ///
    /// # Errors
    ///
    /// [`NotFound`](OnlyError::NotFound) where there is no plugin, and
    /// [`Ambiguous`](OnlyError::Ambiguous) where several have the highest priority.
    #[cfg(feature = "std")]
    #[inline]
    pub fn only(&self) -> Result<&'static Plugin<I>, OnlyError> {
        if installed::is_any() {
            return installed::only();
        }
        match self.plugins() {
            [plugin] => Ok(plugin),
            [] => Err(OnlyError::none(I::INFO)),
            [first, rest @ ..] => {
                let (mut highest, mut tie) = (first, false);
                for plugin in rest {
                    match plugin.info.priority().cmp(&highest.info.priority()) {
                        Ordering::Greater => (highest, tie) = (plugin, false),
                        Ordering::Equal => tie = true,
                        Ordering::Less => {}
                    }
                }
                if tie {
                    Err(OnlyError::tie(I::INFO, &infos(self.plugins())))
                } else {
                    Ok(highest)
                }
            }
        }
    }

    /// What is known of the interface.
    #[inline]
    #[must_use]
    pub fn info(&self) -> &'static InterfaceInfo {
        I::INFO
    }
}

/// The plugins, in the linker's order.
#[expect(clippy::into_iter_without_iter, reason = "it is `plugins`")]
impl<I: ?Sized + Interface> IntoIterator for &Slot<I> {
    type Item = &'static Plugin<I>;
    type IntoIter = core::slice::Iter<'static, Plugin<I>>;

    fn into_iter(self) -> Self::IntoIter {
        I::plugins().iter()
    }
}

#[cfg(feature = "std")]
#[cold]
fn infos<I: ?Sized>(plugins: &[Plugin<I>]) -> Vec<&'static PluginInfo> {
    plugins.iter().map(|plugin| plugin.info).collect()
}

impl<I: ?Sized + Interface> core::fmt::Debug for Slot<I> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("Slot")
            .field("interface", &I::INFO.path())
            .field("plugins", &self.plugins())
            .finish()
    }
}
