//! The description of one plugin.

use core::any::{Any, TypeId};
use core::fmt::{self, Debug, Display};
use core::hash::{Hash, Hasher};
use core::ptr;
#[cfg(feature = "std")]
use std::borrow::ToOwned as _;
#[cfg(feature = "std")]
use std::format;
#[cfg(feature = "std")]
use std::string::String;

use super::bases;
use super::kind::{Kind, KindAt, Type, join};
#[cfg(feature = "std")]
use crate::dropin::DropIn;
use crate::origin::{Origin, Package};
use crate::{Interface, InterfaceInfo, Plugin, Tag};

/// The description of one plugin, which is the same for all of its interfaces.
///
/// ```
/// use plugin_core::{interface, plugin, plugins};
///
/// #[interface]
/// pub trait IShape {
///     fn area(&self) -> f64;
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
/// /// A square of one metre.
/// #[plugin(IShape, name = "unit-square", priority = 5)]
/// #[tag(corners = "4")]
/// static SQUARE: Square = Square(1.0);
///
/// fn main() {
///     let info = plugins::<dyn IShape>()[0].info;
///     assert_eq!(info.name(), "unit-square");
///     assert!(info.id().ends_with("::SQUARE"));
///     assert_eq!(info.docs(), "A square of one metre.");
///     assert_eq!(info.priority(), 5);
///     assert_eq!(info.tag("corners"), Some("4"));
///     assert_eq!(info.interfaces()[0].name(), "IShape");
/// }
/// ```
///
/// All texts are in the program's read-only data, and no accessor allocates. The type is not [`Sized`], since it
/// contains the texts: a `&PluginInfo` is an address and a length.
#[repr(transparent)]
pub struct PluginInfo(Described<str>);

/// Not public API. Used by generated code.
///
/// A [`PluginInfo`] whose size is known: the texts lie behind the rest, so that no address leads to
/// them, which the loader would have to relocate before `main`.
#[repr(C)]
pub struct Described<T: ?Sized> {
    object: *const (),
    kind: *const Kind,
    priority: i32,
    /// The texts, in the order of `Text`, with a NUL between each two.
    text: T,
}

// SAFETY: what leads to the object are casts to interfaces, and a comparison with its type, where it has
// interfaces: so it is `Send` and `Sync`, as each interface is. The rest are constants.
unsafe impl<T: ?Sized + Send> Send for Described<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Described<T> {}

// Each plugin has the compiler evaluate what follows, in which a call takes longer than all the rest: so
// there are as few as can be.

/// Not public API. Used by generated code.
///
/// # Panics
///
/// If the length is not that of the text.
#[must_use]
#[expect(
    clippy::ptr_as_ptr,
    clippy::ref_as_ptr,
    reason = "the functions would be calls"
)]
pub const fn info<T, const N: usize>(
    object: &'static T,
    kind: KindAt<T>,
    priority: i32,
    text: &str,
) -> Described<[u8; N]> {
    assert!(text.len() == N);
    Described {
        object: object as *const T as *const (),
        kind: kind.untyped(),
        priority,
        // SAFETY: it is as long.
        text: unsafe { *(text as *const str as *const [u8; N]) },
    }
}

/// Not public API. Used by generated code.
///
/// # Panics
///
/// If the plugin lists the interface of that number twice, or without its bases: this stops the build.
#[must_use]
#[track_caller]
#[expect(clippy::ref_as_ptr, reason = "the function would be a call")]
pub const fn plugin<I: ?Sized, const N: usize>(
    // In one argument: the compiler has more to say of several.
    (object, info, index): (&'static I, &'static Described<[u8; N]>, usize),
) -> Plugin<I> {
    // SAFETY: `info` was given the address of a kind.
    let kind = unsafe { &*info.kind };
    if kind.wrong & 1 << index != 0 {
        bases::refuse(kind.interfaces, index);
    }
    let info: &'static Described<[u8]> = info;
    Plugin {
        object,
        // SAFETY: `PluginInfo` is `Described<str>`, which has the same fields in the same places; and
        // the bytes are a text, since `info` was given one.
        info: unsafe { &*(info as *const Described<[u8]> as *const PluginInfo) },
    }
}

/// Not public API. Used by generated code.
#[must_use]
#[cfg(feature = "std")]
pub const fn described(info: &'static Described<[u8]>) -> &'static PluginInfo {
    // SAFETY: as in `plugin`.
    unsafe { &*(ptr::from_ref(info) as *const PluginInfo) }
}

/// The texts of a plugin.
enum Text {
    Name,
    Package,
    Version,
    File,
    Line,
    /// Empty where the id begins with it.
    Module,
    Id,
    Docs,
}

/// The module of a plugin whose text has these two.
#[must_use]
pub fn module_path<'a>(module: &'a str, id: &'a str) -> &'a str {
    if module.is_empty() {
        id.rsplit_once("::").map_or("", |(module, _)| module)
    } else {
        module
    }
}

impl PluginInfo {
    /// A plugin that is none of the program's `#[plugin]`s. It stays as long as the program runs.
    ///
    /// # Safety
    ///
    /// The object is there as long as the program runs, and may be shared between threads; and the
    /// casts of the kind are those of its type.
    #[cfg(feature = "std")]
    pub(crate) unsafe fn foreign(
        object: *const (),
        kind: &'static Kind,
        priority: i32,
        text: &str,
    ) -> &'static Self {
        use core::alloc::Layout;
        use std::alloc::{alloc, handle_alloc_error};

        let bytes = Layout::for_value(text.as_bytes());
        // What `repr(C)` promises of a `Described<str>`.
        let Ok((layout, behind)) = Layout::new::<(*const (), &Kind)>()
            .extend(Layout::new::<i32>())
            .and_then(|(layout, _)| layout.extend(bytes))
        else {
            panic!("the texts of a plugin do not fit into memory");
        };
        let layout = layout.pad_to_align();
        // SAFETY: the layout has a size.
        let start = unsafe { alloc(layout) };
        if start.is_null() {
            handle_alloc_error(layout);
        }
        #[expect(clippy::cast_ptr_alignment, reason = "it is that of the layout")]
        let place = ptr::slice_from_raw_parts_mut(start, text.len()) as *mut Self;
        // SAFETY: the memory is new, and as large as the whole; all fields are written before it is
        // read; and it is never freed.
        unsafe {
            (&raw mut (*place).0.object).write(object);
            (&raw mut (*place).0.kind).write(kind);
            (&raw mut (*place).0.priority).write(priority);
            start
                .add(behind)
                .copy_from_nonoverlapping(text.as_ptr(), text.len());
            debug_assert_eq!(Layout::for_value(&*place), layout);
            &*place
        }
    }

    #[inline]
    pub(crate) const fn kind(&self) -> &'static Kind {
        // SAFETY: the constructors were given the address of a kind, which stays.
        unsafe { &*self.0.kind }
    }

    /// The plugin's name: `name = …` of its `#[plugin]`, or else the identifier of the item.
    ///
    /// Several plugins may have the same name; [`id`](Self::id) is more specific.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.text(Text::Name)
    }

    /// The path of the item, such as `metals::plates::STEEL`; or `id = …` of its `#[plugin]`.
    ///
    /// Items in a crate's modules have different ids. Two plugins can have the same id if they are in two versions of
    /// one crate, or are statics of the same name in function bodies or `const _` blocks of one module.
    /// [`Slot::text_of`](crate::Slot::text_of) tells them apart.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.text(Text::Id)
    }

    /// The doc comment of the plugin's item, without its markers and indentation.
    ///
    /// It is empty if the item has none, or if the feature `docs` is not enabled.
    #[must_use]
    pub fn docs(&self) -> &'static str {
        self.text(Text::Docs)
    }

    /// The name of the object's type, as [`core::any::type_name`] returns it; if the plugin is a type, the name of that type.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        let name = match self.kind().ty {
            Type::Here(_, name) => name(),
            Type::Foreign(name) => name,
        };
        #[cfg(feature = "config")]
        let name = crate::configured::name_of(name);
        name
    }

    /// Whether it is a plugin of a library that was loaded.
    #[cfg(feature = "std")]
    pub(crate) fn is_foreign(&self) -> bool {
        matches!(self.kind().ty, Type::Foreign(_))
    }

    /// The name of the package that declares the plugin.
    #[must_use]
    pub fn package(&self) -> &'static str {
        self.text(Text::Package)
    }

    /// The version of that package.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.text(Text::Version)
    }

    /// The path of the module that declares the plugin, as [`module_path!`] expands to it.
    #[must_use]
    pub fn module_path(&self) -> &'static str {
        module_path(self.text(Text::Module), self.id())
    }

    /// The file that declares the plugin, as [`file!`] expands to it.
    #[must_use]
    pub fn file(&self) -> &'static str {
        self.text(Text::File)
    }

    /// The line of the plugin's `#[plugin]`, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.text(Text::Line).parse().unwrap_or(0)
    }

    /// The plugin's `priority = n`, or 0; plugins are sorted by it, highest first.
    #[must_use]
    #[inline]
    pub const fn priority(&self) -> i32 {
        self.0.priority
    }

    /// The plugin's `#[tag(key = "value")]`s, in the order of the source.
    #[must_use]
    pub fn tags(&self) -> &'static [Tag] {
        self.kind().tags
    }

    /// The value of the plugin's first `#[tag(key = "value")]` with this key.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, plugins};
    ///
    /// #[interface]
    /// pub trait IShape {}
    ///
    /// #[plugin(IShape)]
    /// #[tag(corners = "4")]
    /// struct Square;
    ///
    /// impl IShape for Square {}
    ///
    /// fn main() {
    ///     let info = plugins::<dyn IShape>()[0].info;
    ///     assert_eq!(info.tag("corners"), Some("4"));
    ///     assert_eq!(info.tag("colour"), None);
    /// }
    /// ```
    ///
    /// The cost is a comparison for each tag of the plugin.
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&'static str> {
        Tag::value_of(self.tags(), key)
    }

    /// The interfaces that the plugin lists, in the order of the list.
    #[must_use]
    pub fn interfaces(&self) -> &'static [&'static InterfaceInfo] {
        self.kind().interfaces
    }

    /// Returns whether the plugin lists the interface `J`.
    #[must_use]
    pub fn provides<J: ?Sized + Interface>(&self) -> bool {
        self.object::<J>().is_some()
    }

    /// The same plugin, seen as another of its interfaces.
    ///
    /// This is a cast from one trait to another. It returns `None` if the plugin does not list `J`, even if its type
    /// implements `J`.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, plugins};
    ///
    /// #[interface]
    /// pub trait ICodec {}
    ///
    /// #[interface]
    /// pub trait IStatistics {
    ///     fn calls(&self) -> u64;
    /// }
    ///
    /// #[plugin(ICodec, IStatistics)]
    /// struct Zip;
    ///
    /// impl ICodec for Zip {}
    ///
    /// impl IStatistics for Zip {
    ///     fn calls(&self) -> u64 {
    ///         7
    ///     }
    /// }
    ///
    /// fn main() {
    ///     for codec in plugins::<dyn ICodec>() {
    ///         if let Some(statistics) = codec.info.query::<dyn IStatistics>() {
    ///             assert_eq!(statistics.calls(), 7);
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// The cost is a comparison for each interface that the plugin lists.
    #[must_use]
    pub fn query<J: ?Sized + Interface>(&'static self) -> Option<Plugin<J>> {
        self.object().map(|object| Plugin { object, info: self })
    }

    #[inline]
    fn object<J: ?Sized + Interface>(&self) -> Option<&'static J> {
        let wanted = ptr::from_ref(J::IDENTITY.0);
        for cast in self.kind().casts {
            if ptr::eq(cast.interface, wanted) {
                // SAFETY: whoever made this has given the casts of the object's type; and `wanted` is
                // the interface of no other type than `J`, so this cast is one to `J`.
                return Some(unsafe { join(self.0.object, cast.vtable) });
            }
        }
        None
    }

    /// Whether the plugin is this object, of a type of this name.
    #[cfg(feature = "std")]
    pub(crate) fn is_of(&self, object: *const (), type_name: &str) -> bool {
        let name = match self.kind().ty {
            Type::Here(_, name) => name(),
            Type::Foreign(name) => name,
        };
        self.0.object == object && name == type_name
    }

    /// The object as a `T`, if `T` is its type.
    ///
    /// ```
    /// use plugin_core::{interface, plugin, plugins};
    ///
    /// #[interface]
    /// pub trait IShape {}
    ///
    /// struct Square {
    ///     side: f64,
    /// }
    ///
    /// impl IShape for Square {}
    ///
    /// #[plugin(IShape)]
    /// static SQUARE: Square = Square { side: 2.0 };
    ///
    /// fn main() {
    ///     let info = plugins::<dyn IShape>()[0].info;
    ///     let square: &Square = info.downcast_ref().unwrap();
    ///     assert_eq!(square.side, 2.0);
    /// }
    /// ```
    ///
    /// For a `static X: LazyLock<T>`, the type is `LazyLock<T>`. For a plugin of a drop-in, the result is always `None`,
    /// because its types were compiled separately from those of the program.
    #[must_use]
    pub fn downcast_ref<T: Any>(&self) -> Option<&'static T> {
        match self.kind().ty {
            Type::Here(id, _) if id.get() == TypeId::of::<T>() => {
                // SAFETY: the object is of this type, as `info` has it, and is there as long as the
                // program runs.
                Some(unsafe { &*self.0.object.cast::<T>() })
            }
            _ => None,
        }
    }

    /// What the plugin has for who has loaded it, if it is one of a drop-in's own.
    #[cfg(feature = "std")]
    pub(crate) fn drop_in(&self) -> Option<&'static DropIn> {
        self.kind().drop_in
    }

    pub(crate) fn origin(&self) -> Origin<'static> {
        Origin {
            package: Package {
                name: self.package(),
                version: self.version(),
            },
            file: self.file(),
            line: self.line(),
        }
    }

    /// What tells the plugin from every other; ids alone may repeat.
    #[cfg(feature = "std")]
    pub(crate) fn place(&self) -> (&'static str, &'static str, &'static str, usize) {
        let line = self.line() as usize;
        (self.id(), self.version(), self.file(), line)
    }

    /// Whether this is the plugin's name, which comes first in the text.
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let (text, name) = (self.0.text.as_bytes(), name.as_bytes());
        match text.split_at_checked(name.len()) {
            Some((start, [0, ..])) => is_same(start, name),
            _ => false,
        }
    }

    /// The plugin's id and its version: `id@version`; the id alone if it has no version.
    #[cfg(feature = "std")]
    pub(crate) fn id_and_version(&self) -> String {
        match self.version() {
            "" => self.id().to_owned(),
            version => format!("{}@{version}", self.id()),
        }
    }

    /// Whether the text is the plugin's id and its version.
    #[cfg(feature = "std")]
    pub(crate) fn is_of_version(&self, text: &str) -> bool {
        match (text.strip_prefix(self.id()), self.version()) {
            (Some(""), "") => true,
            (Some(rest), version) => rest.strip_prefix('@') == Some(version),
            (None, _) => false,
        }
    }

    /// The texts, in the order of `Text`.
    #[cfg(feature = "std")]
    pub(crate) const fn text_of_all(&self) -> &str {
        &self.0.text
    }

    fn text(&self, text: Text) -> &'static str {
        // SAFETY: it is there as long as the program runs: only `plugin`, which is given a static, and
        // `foreign` make a `PluginInfo`.
        let all: &'static str = unsafe { &*ptr::from_ref(&self.0.text) };
        all.splitn(Text::Docs as usize + 1, '\0')
            .nth(text as usize)
            .unwrap_or("")
    }

    pub(crate) fn fmt_as(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct(name)
            .field("name", &self.name())
            .field("id", &self.id())
            .field("interfaces", &InterfaceNames(self.interfaces()))
            .finish()
    }
}

/// Two infos are equal if they are of the same plugin. Two plugins with the same id are not equal.
impl PartialEq for PluginInfo {
    fn eq(&self, other: &Self) -> bool {
        ptr::addr_eq(self, other)
    }
}

impl Eq for PluginInfo {}

impl Hash for PluginInfo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::from_ref(self).cast::<()>().hash(state);
    }
}

impl Debug for PluginInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_as("PluginInfo", formatter)
    }
}

/// The name and where the plugin is declared, as in `steel-plate (metals 0.1.0, src/lib.rs:53)`.
impl Display for PluginInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.name(), self.origin())
    }
}

/// Whether two texts of one length are the same. Names are short: for them, this takes half as many
/// instructions as a call of `memcmp`.
#[cfg(feature = "std")]
#[inline]
fn is_same(left: &[u8], right: &[u8]) -> bool {
    macro_rules! ends {
        ($len:literal) => {
            left.first_chunk::<$len>() == right.first_chunk()
                && left.last_chunk::<$len>() == right.last_chunk()
        };
    }
    match left.len() {
        4..8 => ends!(4),
        8..17 => ends!(8),
        _ => left == right,
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
