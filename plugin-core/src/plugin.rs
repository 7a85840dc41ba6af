//! One registered plugin: the object, and what is known of it.

use core::any::{Any, TypeId, type_name};
use core::fmt::{self, Debug, Display};
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr;

#[cfg(feature = "std")]
use crate::dropin::{DropIn, Foreign};
use crate::{Interface, InterfaceInfo, Tag};

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
/// Three words in memory. Only `#[plugin]` makes one.
#[non_exhaustive]
pub struct Plugin<I: ?Sized + 'static> {
    /// The plugin itself: the very static that carries `#[plugin]`.
    pub object: &'static I,
    /// What is known of the plugin: its name, its place, its other interfaces.
    pub info: &'static PluginInfo,
}

impl<I: ?Sized> Deref for Plugin<I> {
    type Target = I;

    fn deref(&self) -> &I {
        self.object
    }
}

impl<I: ?Sized> Debug for Plugin<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.info.fmt_as("Plugin", formatter)
    }
}

/// What is known of one plugin, whichever of its interfaces it was found by.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # #[interface]
/// # pub trait IShape { fn area(&self) -> f64; }
/// # pub struct Square(f64);
/// # impl IShape for Square { fn area(&self) -> f64 { self.0 * self.0 } }
/// /// A square of one metre.
/// #[plugin(IShape, name = "unit-square", priority = 5)]
/// #[tag(corners = "4")]
/// pub static SQUARE: Square = Square(1.0);
/// # }
/// # use demo::*;
/// # fn main() {
/// let info = plugin_core::plugins::<dyn IShape>()[0].info;
/// assert_eq!(info.name(), "unit-square");
/// assert!(info.id().ends_with("demo::SQUARE"));
/// assert_eq!(info.docs(), "A square of one metre.");
/// assert_eq!(info.priority(), 5);
/// assert_eq!(info.tags()[0].value(), "4");
/// assert_eq!(info.interfaces()[0].name(), "IShape");
/// # }
/// ```
///
/// All texts lie in the program's read-only data: an accessor splits them off and never allocates.
pub struct PluginInfo(Source);

/// Who knows the rest.
enum Source {
    /// All that is known is code, which costs nothing before it is asked: data would be full of
    /// addresses, each for the loader to relocate before `main`.
    Linked {
        priority: i32,
        answer: fn(&mut Answer<'_>),
    },
    /// A plugin of a library that the program has loaded.
    #[cfg(feature = "std")]
    Foreign {
        priority: i32,
        foreign: &'static Foreign,
    },
}

/// What a plugin says of itself, whatever its type.
#[derive(Clone, Copy)]
pub(crate) struct Facts {
    /// The texts, in the order of `Text`, with a NUL between each two.
    pub(crate) text: &'static str,
    pub(crate) interfaces: &'static [&'static InterfaceInfo],
    pub(crate) tags: &'static [Tag],
    pub(crate) type_name: &'static str,
}

/// The fields of `Facts::text`.
enum Text {
    Name,
    Package,
    Version,
    File,
    Line,
    Id,
    Docs,
}

impl PluginInfo {
    pub(crate) const fn new(priority: i32, answer: fn(&mut Answer<'_>)) -> Self {
        Self(Source::Linked { priority, answer })
    }

    #[cfg(feature = "std")]
    pub(crate) const fn foreign(priority: i32, foreign: &'static Foreign) -> Self {
        Self(Source::Foreign { priority, foreign })
    }

    /// The plugin's name: `name = "…"` of its `#[plugin]`, or else the static's identifier.
    ///
    /// Two crates may use one name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.text(Text::Name)
    }

    /// The path of the static, as in `metals::plates::STEEL`.
    ///
    /// Unique within one crate's modules; two versions of one crate have the same ids.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.text(Text::Id)
    }

    /// The static's doc comment, without its markers and indentation.
    ///
    /// Empty where there is none, and without the feature `docs`.
    #[must_use]
    pub fn docs(&self) -> &'static str {
        self.text(Text::Docs)
    }

    /// The name of the object's type, as [`core::any::type_name`] gives it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.facts().type_name
    }

    /// The package that declares the plugin.
    #[must_use]
    pub fn package(&self) -> &'static str {
        self.text(Text::Package)
    }

    /// The version of that package.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.text(Text::Version)
    }

    /// The module that declares the plugin, as [`module_path!`] gives it.
    #[must_use]
    pub fn module_path(&self) -> &'static str {
        self.id().rsplit_once("::").map_or("", |(module, _)| module)
    }

    /// The file that declares the plugin, as [`file!`] gives it.
    #[must_use]
    pub fn file(&self) -> &'static str {
        self.text(Text::File)
    }

    /// The line of the plugin's `#[plugin]`, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.text(Text::Line).parse().unwrap_or(0)
    }

    /// The plugin's `priority = n`: higher ones come first in an order; 0 where none was given.
    #[must_use]
    pub fn priority(&self) -> i32 {
        match self.0 {
            Source::Linked { priority, .. } => priority,
            #[cfg(feature = "std")]
            Source::Foreign { priority, .. } => priority,
        }
    }

    /// The plugin's `#[tag(key = "value")]`s, in the order in which they are written.
    #[must_use]
    pub fn tags(&self) -> &'static [Tag] {
        self.facts().tags
    }

    /// The interfaces that the plugin lists, in its order.
    #[must_use]
    pub fn interfaces(&self) -> &'static [&'static InterfaceInfo] {
        self.facts().interfaces
    }

    /// Whether the plugin lists the interface `J`.
    #[must_use]
    pub fn provides<J: ?Sized + Interface>(&self) -> bool {
        self.object::<J>().is_some()
    }

    /// The same plugin as the provider of another of its interfaces.
    ///
    /// A cast between traits: one call, and a comparison for each interface that the plugin
    /// lists. `None` where it does not list `J`, whether or not its type implements it.
    ///
    /// ```
    /// # mod demo {
    /// # use plugin_core::{interface, plugin};
    /// # #[interface]
    /// # pub trait ICodec {}
    /// # #[interface]
    /// # pub trait IStatistics { fn calls(&self) -> u64; }
    /// # pub struct Zip;
    /// # impl ICodec for Zip {}
    /// # impl IStatistics for Zip { fn calls(&self) -> u64 { 7 } }
    /// #[plugin(ICodec, IStatistics)]
    /// pub static ZIP: Zip = Zip;
    /// # }
    /// # use demo::*;
    /// # fn main() {
    /// for codec in plugin_core::plugins::<dyn ICodec>() {
    ///     if let Some(statistics) = codec.info.query::<dyn IStatistics>() {
    ///         assert_eq!(statistics.calls(), 7);
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn query<J: ?Sized + Interface>(&'static self) -> Option<Plugin<J>> {
        self.object().map(|object| Plugin { object, info: self })
    }

    #[inline]
    fn object<J: ?Sized + Interface>(&self) -> Option<&'static J> {
        match self.0 {
            Source::Linked { .. } => self.ask(),
            #[cfg(feature = "std")]
            Source::Foreign { foreign, .. } => foreign.object(),
        }
    }

    /// The object as its own type, when that is `T`.
    ///
    /// For a `static X: LazyLock<T>`, its own type is `LazyLock<T>`. The type of a drop-in's plugin
    /// was compiled apart from the program, and is none of the program's types.
    #[must_use]
    pub fn downcast_ref<T: Any>(&self) -> Option<&'static T> {
        self.ask()
    }

    /// What the plugin has for who has loaded it, if it is one of a drop-in's own.
    #[cfg(feature = "std")]
    pub(crate) fn drop_in(&self) -> Option<&'static DropIn> {
        self.ask()
    }

    /// What tells the plugin from every other; ids alone may repeat.
    #[cfg(feature = "std")]
    pub(crate) fn place(&self) -> (&'static str, &'static str, &'static str, u32) {
        (self.id(), self.version(), self.file(), self.line())
    }

    /// By what plugins are sorted.
    #[cfg(feature = "std")]
    pub(crate) fn rank(&self) -> impl Ord + use<> {
        (core::cmp::Reverse(self.priority()), self.place())
    }

    fn text(&self, text: Text) -> &'static str {
        self.facts()
            .text
            .splitn(Text::Docs as usize + 1, '\0')
            .nth(text as usize)
            .unwrap_or("")
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts {
            text: "",
            interfaces: &[],
            tags: &[],
            type_name: "",
        };
        match self.0 {
            Source::Linked { answer, .. } => answer(&mut Answer(Question::Facts(&mut facts))),
            #[cfg(feature = "std")]
            Source::Foreign { foreign, .. } => facts = foreign.facts(),
        }
        facts
    }

    fn ask<V: 'static>(&self) -> Option<V> {
        let mut value = None::<V>;
        match self.0 {
            Source::Linked { answer, .. } => {
                answer(&mut Answer(Question::Value(Value::new(&mut value))));
            }
            // The ids of a library's types are its own.
            #[cfg(feature = "std")]
            Source::Foreign { .. } => {}
        }
        value
    }

    fn fmt_as(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct(name)
            .field("name", &self.name())
            .field("id", &self.id())
            .field("interfaces", &InterfaceNames(self.interfaces()))
            .finish()
    }
}

impl Debug for PluginInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_as("PluginInfo", formatter)
    }
}

/// As in `steel-plate (metals 0.1.0, src/lib.rs:53)`.
impl Display for PluginInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (package, version) = (self.package(), self.version());
        let (file, line) = (self.file(), self.line());
        write!(
            formatter,
            "{} ({package} {version}, {file}:{line})",
            self.name()
        )
    }
}

struct InterfaceNames(&'static [&'static InterfaceInfo]);

impl Debug for InterfaceNames {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.0.iter().map(|interface| interface.name()))
            .finish()
    }
}

/// Not public API. Used by generated code.
///
/// A question that a plugin's generated code answers by showing all that it has.
pub struct Answer<'a>(Question<'a>);

enum Question<'a> {
    Value(Value<'a>),
    Facts(&'a mut Facts),
}

impl Answer<'_> {
    /// Takes what a plugin of a drop-in has for who has loaded it, where that is wanted.
    #[cfg(feature = "std")]
    pub fn drop_in(&mut self, drop_in: &'static DropIn) {
        if let Question::Value(value) = &mut self.0 {
            value.take(drop_in);
        }
    }

    /// Takes what is wanted.
    // Out of line: all plugins of one type and the same interfaces share it, and only their own
    // addresses are left to each.
    #[inline(never)]
    pub fn plugin<T: Any, P: Provided>(
        &mut self,
        object: &'static T,
        provided: P,
        interfaces: &'static [&'static InterfaceInfo],
        text: &'static str,
        tags: &'static [Tag],
    ) {
        match &mut self.0 {
            Question::Facts(facts) => {
                **facts = Facts {
                    text,
                    interfaces,
                    tags,
                    type_name: type_name::<T>(),
                };
            }
            Question::Value(value) => {
                if !provided.give(value) {
                    value.take(object);
                }
            }
        }
    }
}

/// Where a value of the wanted type goes: a `&mut Option<V>` for some `V`.
///
/// `&mut dyn Any` would be the same, with a call through a table, and a second comparison behind it.
pub struct Value<'a> {
    wanted: TypeId,
    place: *mut (),
    lifetime: PhantomData<&'a mut ()>,
}

impl<'a> Value<'a> {
    fn new<V: 'static>(place: &'a mut Option<V>) -> Self {
        Self {
            wanted: TypeId::of::<V>(),
            place: ptr::from_mut(place).cast(),
            lifetime: PhantomData,
        }
    }

    /// Takes the value if it is of the wanted type; whether it is.
    #[inline]
    fn take<V: 'static>(&mut self, given: V) -> bool {
        if self.wanted != TypeId::of::<V>() {
            return false;
        }
        // SAFETY: `V` is the type that `new` had, as the comparison says; so this is the place that
        // it was given, which is borrowed for as long as `self` may be used.
        unsafe { *self.place.cast::<Option<V>>() = Some(given) };
        true
    }
}

/// Not public API. Used by generated code.
///
/// A plugin as each of its interfaces: `(&dyn A, &dyn B)`.
pub trait Provided {
    /// Whether one of them is wanted.
    fn give(self, value: &mut Value<'_>) -> bool;
}

// Of a declaration that is refused, with an error that says all.
impl Provided for () {
    fn give(self, _: &mut Value<'_>) -> bool {
        false
    }
}

macro_rules! provided {
    ($($first:ident $($rest:ident)*)?) => {
        $(
            impl<$first: ?Sized + 'static, $($rest: ?Sized + 'static),*> Provided
                for (&'static $first, $(&'static $rest,)*)
            {
                #[inline]
                #[expect(non_snake_case, reason = "each is called as its type")]
                fn give(self, value: &mut Value<'_>) -> bool {
                    let ($first, $($rest,)*) = self;
                    value.take($first) $(|| value.take($rest))*
                }
            }

            provided! { $($rest)* }
        )?
    };
}

// As many as `#[plugin]` accepts.
provided! { A B C D E F G H I J K L M N O P }
