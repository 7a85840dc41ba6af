//! The plugins of one interface.

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
use crate::{PluginInfo, backend, dropin::installed, interfaces, order};

/// All plugins of the interface `I` that are linked into this program, in the linker's order.
///
/// ```
/// use plugin_core::{interface, plugins};
///
/// #[interface]
/// pub trait IMaterial {
///     fn yield_stress(&self, temperature: f64) -> f64;
/// }
///
/// fn main() {
///     for material in plugins::<dyn IMaterial>() {
///         println!("{}: {} Pa", material.info.name(), material.yield_stress(500.0));
///     }
/// }
/// ```
///
/// The order depends on the linker and on the build profile; [`Slot::sorted`] has the same order in every build. Rust
/// does not link a crate that no code names, and its plugins are then missing; see
/// [`link_plugins!`](crate::link_plugins).
///
/// # Cost
///
/// The linker lays out the slice, so the call is the computation of an address and a length. It scans and
/// allocates nothing. On a few targets, plugins register in constructors before `main`, and the first call makes the
/// slice.
#[doc(alias = "getPlugins")]
#[inline]
#[must_use]
pub fn plugins<I: ?Sized + Interface>() -> &'static [Plugin<I>] {
    I::plugins()
}

/// The slot of the interface `I`, which finds and sorts its plugins.
///
/// ```
/// use plugin_core::{interface, plugin, slot};
///
/// #[interface]
/// pub trait IMaterial {}
///
/// #[plugin(IMaterial, name = "steel")]
/// struct Steel;
///
/// impl IMaterial for Steel {}
///
/// fn main() {
///     let materials = slot::<dyn IMaterial>();
///     assert_eq!(materials.plugins().len(), 1);
///     assert!(materials.find("steel").is_ok());
/// }
/// ```
#[inline]
#[must_use]
pub fn slot<I: ?Sized + Interface>() -> &'static Slot<I> {
    I::slot()
}

/// All plugins of the interface `I` in this program; [`slot()`] returns it.
///
/// Its plugins are fixed at link time: none is added or removed while the program runs. Those of drop-ins are not among
/// them, although [`find`](Self::find) and [`only`](Self::only) also look there if the program has installed a package
/// of drop-ins.
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

/// Not public API. Used by generated code.
///
/// The slot that `#[interface]` declares.
#[must_use]
pub const fn declared<I: ?Sized + Interface>() -> Slot<I> {
    Slot {
        #[cfg(feature = "std")]
        sorted: OnceLock::new(),
        #[cfg(feature = "std")]
        index: OnceLock::new(),
        #[cfg(not(feature = "std"))]
        interface: PhantomData,
    }
}

impl<I: ?Sized + Interface> Slot<I> {
    /// All plugins of the interface, in the linker's order; see [`plugins()`].
    #[inline]
    #[must_use]
    pub fn plugins(&self) -> &'static [Plugin<I>] {
        I::plugins()
    }

    /// The plugins whose objects have the type `T`, in the linker's order, with the objects as `T`s.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, slot};
    ///
    /// #[interface]
    /// pub trait IShape {}
    ///
    /// #[plugin(IShape)]
    /// struct Point;
    ///
    /// impl IShape for Point {}
    ///
    /// struct Square {
    ///     side: f64,
    /// }
    ///
    /// impl IShape for Square {}
    ///
    /// #[plugin(IShape, name = "unit-square")]
    /// static SQUARE: Square = Square { side: 1.0 };
    ///
    /// fn main() {
    ///     for square in slot::<dyn IShape>().of_type::<Square>() {
    ///         assert_eq!(square.info.name(), "unit-square");
    ///         assert_eq!(square.side, 1.0);
    ///     }
    /// }
    /// ```
    ///
    /// For a `static X: LazyLock<T>`, the type is `LazyLock<T>`. The cost is a comparison for each plugin of the
    /// interface; nothing is allocated.
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

    /// All plugins of the interface in a fixed order: by priority, highest first, and then by id, version, file, and
    /// line.
    ///
    /// The order is the same in every build and with every linker.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, slot};
    ///
    /// #[interface]
    /// pub trait IStep {}
    ///
    /// struct Step;
    ///
    /// impl IStep for Step {}
    ///
    /// #[plugin(IStep)]
    /// static USUAL: Step = Step;
    ///
    /// #[plugin(IStep, priority = 10)]
    /// static FIRST: Step = Step;
    ///
    /// fn main() {
    ///     let steps = slot::<dyn IStep>().sorted();
    ///     assert_eq!(steps[0].info.name(), "FIRST");
    ///     assert_eq!(steps[1].info.name(), "USUAL");
    /// }
    /// ```
    ///
    /// The first call sorts the plugins, and allocates one word for each. Later calls are a few loads.
    ///
    /// # Panics
    ///
    /// If the slot is empty because the linker has lost the interface. The message says which section to keep.
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

    /// Finds a plugin by its name, by its id, or by its text of [`text_of`](Self::text_of).
    ///
    /// ```
    /// use plugin_core::{interface, plugin, slot};
    ///
    /// #[interface]
    /// pub trait IUnit {}
    ///
    /// #[plugin(IUnit, name = "kelvin")]
    /// struct Kelvin;
    ///
    /// impl IUnit for Kelvin {}
    ///
    /// fn main() {
    ///     let units = slot::<dyn IUnit>();
    ///     let kelvin = units.find("kelvin").unwrap();
    ///     assert_eq!(kelvin.info.name(), "kelvin");
    ///     assert!(units.find(kelvin.info.id()).is_ok());
    ///     assert!(units.find("celsius").is_err());
    /// }
    /// ```
    ///
    /// If the text is the name of one plugin and the id of another, the name counts.
    ///
    /// If plugin-loader's `Package::install` has installed a package of drop-ins, and no plugin that is linked in has the
    /// name, the package is searched too. A library that has the plugin is loaded.
    ///
    /// # Cost
    ///
    /// The first call makes an index of all names and ids, with 24 to 48 bytes for each plugin. From then on, the time does
    /// not depend on the number of plugins.
    ///
    /// # Errors
    ///
    /// [`NotFound`](FindError::NotFound) if there is no such plugin; the message has the names that exist.
    /// [`Ambiguous`](FindError::Ambiguous) if several plugins have the name or the id; the message has a text for
    /// each that finds it alone.
    ///
    /// # Panics
    ///
    /// If the slot is empty because the linker has lost the interface. The message says which section to keep.
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

    /// A text by which [`find`](Self::find) finds this plugin and no other.
    ///
    /// Show it in lists from which users choose. [`PluginRef`](crate::PluginRef) writes and reads this text. It is the
    /// first of these that no other plugin of the interface has:
    ///
    /// 1. the name, such as `steel`;
    /// 2. the id, such as `metals::STEEL`;
    /// 3. the id and the version, such as `metals::STEEL@0.1.0`;
    /// 4. the same with a number, such as `metals::STEEL@0.1.0#2`. Plugins are numbered from 1, by file and line; if one
    ///    macro has written several on one line, in the slot's order.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, slot};
    ///
    /// #[interface]
    /// pub trait IUnit {}
    ///
    /// struct Unit;
    ///
    /// impl IUnit for Unit {}
    ///
    /// #[plugin(IUnit, name = "foot")]
    /// static FOOT: Unit = Unit;
    ///
    /// #[plugin(IUnit, name = "foot")]
    /// static OLD_FOOT: Unit = Unit;
    ///
    /// fn main() {
    ///     let units = slot::<dyn IUnit>();
    ///     assert!(units.find("foot").is_err());
    ///
    ///     for unit in units {
    ///         let text = units.text_of(unit.info);
    ///         assert!(text.ends_with("FOOT"));
    ///         assert_eq!(units.find(text).unwrap().info, unit.info);
    ///     }
    /// }
    /// ```
    ///
    /// For a plugin that is not in the slot, it is the name, or the id if the name finds another plugin.
    ///
    /// # Cost
    ///
    /// At most three searches in the index of [`find`](Self::find). If ids are not unique, the index also keeps a text
    /// for each plugin that its id does not find.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn text_of(&self, info: &'static PluginInfo) -> &'static str {
        interfaces::text_of(I::INFO, info)
    }

    #[cfg(feature = "std")]
    pub(crate) fn index(&self) -> &OnceLock<Index> {
        &self.index
    }

    /// The only plugin of the interface, or the one with the highest priority.
    ///
    /// So a library can provide a default with a low priority, and an application can override it.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, slot};
    ///
    /// #[interface(one)]
    /// pub trait IClock {}
    ///
    /// #[plugin(IClock, priority = -100)]
    /// struct SystemClock;
    ///
    /// impl IClock for SystemClock {}
    ///
    /// #[plugin(IClock)]
    /// struct SimulatedClock;
    ///
    /// impl IClock for SimulatedClock {}
    ///
    /// fn main() {
    ///     let clock = slot::<dyn IClock>().only().unwrap();
    ///     assert_eq!(clock.info.name(), "SimulatedClock");
    /// }
    /// ```
    ///
    /// If plugin-loader's `Package::install` has installed a package of drop-ins, their plugins count too. The library is
    /// loaded if its plugin is the result.
    ///
    /// Nothing is cached: if there are several plugins, each call compares their priorities.
    ///
    /// # Errors
    ///
    /// [`NotFound`](OnlyError::NotFound) if there is no plugin, and
    /// [`Ambiguous`](OnlyError::Ambiguous) if several have the highest priority.
    ///
    /// # Panics
    ///
    /// If the slot is empty because the linker has lost the interface. The message says which section to keep.
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

    /// The description of the interface.
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
