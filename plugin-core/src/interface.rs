//! The trait that interfaces implement, and the description of an interface.

use core::fmt::{self, Debug, Display};
use core::marker::PhantomData;
#[cfg(feature = "std")]
use std::sync::OnceLock;

#[cfg(feature = "std")]
use crate::find::Index;
use crate::origin::{Origin, Package};
use crate::{Plugin, PluginInfo, Slot};

/// A type that lookups accept: the `dyn Trait` of a trait with `#[interface]`, or a struct with it.
///
/// Use it as a bound in functions that work for every interface:
///
/// ```
/// use plugin_core::{Interface, interface, plugins};
///
/// #[interface]
/// pub trait IClock {
///     fn now(&self) -> u64;
/// }
///
/// fn print_names<I: ?Sized + Interface>() {
///     println!("plugins of {}:", I::INFO.name());
///     for plugin in plugins::<I>() {
///         println!("- {}", plugin.info.name());
///     }
/// }
///
/// fn main() {
///     print_names::<dyn IClock>();
/// }
/// ```
///
/// Only `#[interface]` implements it:
///
/// ```compile_fail,E0046
/// use plugin_core::{IPlugin, Interface, InterfaceInfo};
///
/// struct Mine;
///
/// impl Interface for Mine {
///     const INFO: &'static InterfaceInfo = <dyn IPlugin>::INFO;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interface\nhelp: write `#[interface]` above the trait, or above the struct with named fields",
    label = "declared without `#[interface]`"
)]
pub trait Interface: Send + Sync + 'static {
    /// The description of the interface.
    const INFO: &'static InterfaceInfo = Self::IDENTITY.0;

    /// The slot of the interface, which has its plugins; see [`slot()`](crate::slot()).
    fn slot() -> &'static Slot<Self>;

    /// Not public API: what tells the interface from every other. Only `#[interface]` can make one.
    #[doc(hidden)]
    const IDENTITY: Identity<Self>;

    /// Not public API: the plugins, where the linker has put them.
    #[doc(hidden)]
    fn plugins() -> &'static [Plugin<Self>];

    /// Not public API: says who may implement this trait.
    #[doc(hidden)]
    fn only_the_interface_attribute_implements_this_trait();
}

/// Not public API. Used by generated code.
///
/// The [`InterfaceInfo`] of the interface `I`, and of no other: a cast compares its address.
pub struct Identity<I: ?Sized>(pub(crate) &'static InterfaceInfo, PhantomData<fn(&I)>);

impl<I: ?Sized> Identity<I> {
    /// Not public API. Used by generated code.
    ///
    /// # Safety
    ///
    /// No other type has an identity with this address.
    #[must_use]
    pub const unsafe fn new(info: &'static InterfaceInfo) -> Self {
        Self(info, PhantomData)
    }
}

/// Not public API. Used by generated code.
///
/// The identity of the interface whose impl this is in: a static of its own, which has no name
/// elsewhere.
#[doc(hidden)]
#[macro_export]
macro_rules! identity {
    ($($data:tt)*) => {{
        static __PLUGIN_INTERFACE: $crate::InterfaceInfo =
            $crate::__private::interface($crate::__private::InterfaceData { $($data)* });
        // SAFETY: the static is this identity's alone.
        unsafe { $crate::__private::Identity::new(&__PLUGIN_INTERFACE) }
    }};
}

/// Not public API. Used by generated code.
///
/// What the slot's name stands for where the slot itself cannot be seen.
pub struct InFunctionBody;

/// Not public API. Used by generated code.
///
/// # Panics
///
/// If the interface is declared inside a function body: this stops the build.
#[track_caller]
pub const fn in_a_module<T>(_: &T) {
    assert!(
        size_of::<T>() != size_of::<InFunctionBody>(),
        "an interface cannot be declared inside a function body\n\
         help: move the trait out of the function, into its module"
    );
}

/// Not public API. Used by generated code.
///
/// The impl for `LazyLock`, or nothing without the feature `std`.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_lazy {
    ($($item:tt)*) => { $($item)* };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_lazy {
    ($($item:tt)*) => {};
}

/// The description of one interface: its members, its documentation, and where it is declared.
///
/// ```
/// use plugin_core::{interface, slot};
///
/// /// Something that tells the time.
/// #[interface]
/// pub trait IClock {
///     /// Seconds since the epoch.
///     fn now(&self) -> u64;
/// }
///
/// fn main() {
///     let info = slot::<dyn IClock>().info();
///     assert_eq!(info.docs(), "Something that tells the time.");
///     assert_eq!(info.members()[0].signature(), "fn now(&self) -> u64");
/// }
/// ```
///
/// All of it is in the program's read-only data.
pub struct InterfaceInfo(InterfaceData);

/// Not public API. Used by generated code.
#[doc(hidden)]
#[allow(missing_docs)]
#[derive(Clone, Copy)]
pub struct InterfaceData {
    /// Tells the interface from every other in the program.
    pub key: u64,
    pub kind: InterfaceKind,
    pub name: &'static str,
    pub path: &'static str,
    pub docs: &'static str,
    pub package: &'static str,
    pub version: &'static str,
    pub file: &'static str,
    pub line: u32,
    /// Empty if there is none.
    pub noun: &'static str,
    pub wants_one: bool,
    pub tags: &'static [Tag],
    pub extends: &'static [&'static InterfaceInfo],
    pub members: &'static [Member],
    pub erased: Erased,
}

/// Not public API. Used by generated code.
///
/// What only the interface's type leads to, for code that does not know the type.
#[derive(Clone, Copy)]
pub struct Erased {
    #[cfg_attr(
        not(feature = "std"),
        expect(dead_code, reason = "read where there is memory")
    )]
    pub(crate) plugins: fn(usize) -> Option<&'static PluginInfo>,
    /// For programs that compare the interface with that of a library: `Some` if its author allows it to cross.
    #[cfg_attr(
        not(feature = "std"),
        expect(dead_code, reason = "read where there is memory")
    )]
    pub(crate) crossed: Option<fn() -> Crossed>,
    #[cfg(feature = "std")]
    pub(crate) index: fn() -> &'static OnceLock<Index>,
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn erased<I: ?Sized + Interface>() -> Erased {
    Erased {
        plugins: |index| I::plugins().get(index).map(|plugin| plugin.info),
        crossed: None,
        #[cfg(feature = "std")]
        index: || I::slot().index(),
    }
}

/// Not public API. Used by generated code, and by plugin-loader.
///
/// What has to be the same on both sides, and what it is made of.
#[derive(Clone, Copy)]
pub struct Crossed {
    /// Tells two forms of the interface apart.
    pub token: u128,
    /// What a file says of the interface: that of a program with it, and of a library that provides it.
    pub record: &'static [u8],
}

/// Not public API. Used by generated code.
///
/// One interface, in the list of all interfaces of the program.
pub struct Listed(pub(crate) &'static InterfaceInfo);

/// Not public API. Used by generated code.
#[must_use]
pub const fn listed<I: ?Sized + Interface>() -> Listed {
    Listed(I::INFO)
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn interface(data: InterfaceData) -> InterfaceInfo {
    InterfaceInfo(data)
}

impl InterfaceInfo {
    #[cfg(feature = "config")]
    pub(crate) const fn data(&self) -> InterfaceData {
        self.0
    }

    /// Whether the interface is a trait or a struct.
    #[must_use]
    pub const fn kind(&self) -> InterfaceKind {
        self.0.kind
    }

    /// The name of the trait or struct.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.0.name
    }

    /// The path of the trait or struct, such as `imatsim::IMaterial`.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.0.path
    }

    /// The interface's doc comment, without its markers and indentation.
    ///
    /// It is empty if there is none, or if the feature `docs` is not enabled.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.0.docs
    }

    /// The name of the package that declares the interface.
    #[must_use]
    pub const fn package(&self) -> &'static str {
        self.0.package
    }

    /// The version of that package.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        self.0.version
    }

    /// The file that declares the interface, as [`file!`] expands to it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.0.file
    }

    /// The line of the `#[interface]`, counted from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.0.line
    }

    /// What users of a program call a plugin of this interface: `#[interface(noun = "material")]`.
    ///
    /// Messages for users contain this word, as in ``unknown material `stel` ``. Without a noun, they contain the name of
    /// the trait.
    ///
    /// ```
    /// use plugin_core::{interface, slot};
    ///
    /// #[interface(noun = "material")]
    /// pub trait IMaterial {}
    ///
    /// fn main() {
    ///     let slot = slot::<dyn IMaterial>();
    ///     assert_eq!(slot.info().noun(), Some("material"));
    ///
    ///     let error = slot.find("stel").unwrap_err();
    ///     assert_eq!(error.to_string(), "unknown material `stel`\nthere is none");
    /// }
    /// ```
    #[must_use]
    pub const fn noun(&self) -> Option<&'static str> {
        if self.0.noun.is_empty() {
            return None;
        }
        Some(self.0.noun)
    }

    /// Whether the interface wants exactly one plugin: `#[interface(one)]`.
    #[must_use]
    pub const fn wants_one(&self) -> bool {
        self.0.wants_one
    }

    /// The interface's `#[tag(key = "value")]`s, in the order of the source.
    #[must_use]
    pub const fn tags(&self) -> &'static [Tag] {
        self.0.tags
    }

    /// The value of the interface's first `#[tag(key = "value")]` with this key; see [`PluginInfo::tag`](crate::PluginInfo::tag).
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&'static str> {
        Tag::value_of(self.tags(), key)
    }

    /// The supertraits that are interfaces, in the order of the source.
    #[must_use]
    pub const fn extends(&self) -> &'static [&'static InterfaceInfo] {
        self.0.extends
    }

    /// The methods and attributes of a trait, or the fields of a struct, in the order of the source.
    #[must_use]
    pub const fn members(&self) -> &'static [Member] {
        self.0.members
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

    #[cfg(feature = "std")]
    pub(crate) const fn erased(&self) -> &Erased {
        &self.0.erased
    }

    /// The path without the name of the crate.
    #[cfg(feature = "std")]
    pub(crate) fn path_in_crate(&self) -> &'static str {
        let (_, path) = self.path().split_once("::").unwrap_or_default();
        path
    }

    /// Whether the interface is in a crate that was compiled for its unit tests; the macro has put this into
    /// the key.
    #[cfg(feature = "std")]
    pub(crate) fn is_of_test(&self) -> bool {
        self.key() & 1 == 1
    }

    /// What tells the interface from every other, in this program and in constants.
    pub(crate) const fn key(&self) -> u64 {
        self.0.key
    }
}

/// Two infos are equal if they are of the same interface. Two interfaces with the same name are not equal.
impl PartialEq for InterfaceInfo {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for InterfaceInfo {}

impl Debug for InterfaceInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InterfaceInfo")
            .field("path", &self.path())
            .field("package", &self.package())
            .field("version", &self.version())
            .field("members", &self.members())
            .finish()
    }
}

/// The declaration of the interface as source code, without bodies.
impl Display for InterfaceInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.docs().lines() {
            writeln!(formatter, "/// {line}")?;
        }
        for tag in self.tags() {
            writeln!(formatter, "{tag}")?;
        }
        let word = match self.kind() {
            InterfaceKind::Trait => "trait",
            InterfaceKind::Struct => "struct",
        };
        write!(formatter, "{word} {}", self.name())?;
        for (index, base) in self.extends().iter().enumerate() {
            write!(
                formatter,
                "{}{}",
                if index == 0 { ": " } else { " + " },
                base.name()
            )?;
        }
        writeln!(formatter, " {{")?;
        for member in self.members() {
            for line in member.docs().lines() {
                writeln!(formatter, "    /// {line}")?;
            }
            for tag in member.tags() {
                writeln!(formatter, "    {tag}")?;
            }
            if member.kind() == MemberKind::Attribute {
                writeln!(formatter, "    #[attribute]")?;
            }
            let end = match member.kind() {
                MemberKind::Field => ",",
                _ if member.has_default() => " { … }",
                _ => ";",
            };
            writeln!(formatter, "    {}{end}", member.signature())?;
        }
        write!(formatter, "}}")
    }
}

/// The kind of an interface: a trait or a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InterfaceKind {
    /// A trait: its plugins are objects of any type that implements it. Lookups name its `dyn Trait`.
    Trait,
    /// A struct: its plugins are values of it. Lookups name the struct.
    Struct,
}

/// One member of an interface: a method, an attribute, or a field.
pub struct Member(MemberData);

/// Not public API. Used by generated code.
#[doc(hidden)]
#[allow(missing_docs)]
pub struct MemberData {
    pub name: &'static str,
    pub docs: &'static str,
    pub signature: &'static str,
    pub parameters: &'static [Parameter],
    pub return_type: &'static str,
    pub has_default: bool,
    pub kind: MemberKind,
    pub tags: &'static [Tag],
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn member(data: MemberData) -> Member {
    Member(data)
}

impl Member {
    /// The member's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.0.name
    }

    /// The member's doc comment; empty if there is none, or if the feature `docs` is not enabled.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.0.docs
    }

    /// The member's signature, such as `fn yield_stress(&self, temperature: f64) -> f64`.
    #[must_use]
    pub const fn signature(&self) -> &'static str {
        self.0.signature
    }

    /// The parameters, without `self`.
    #[must_use]
    pub const fn parameters(&self) -> &'static [Parameter] {
        self.0.parameters
    }

    /// The return type, or `()` if none is written; for a field, its type.
    #[must_use]
    pub const fn return_type(&self) -> &'static str {
        self.0.return_type
    }

    /// Whether the trait has a default implementation of the member.
    #[must_use]
    pub const fn has_default(&self) -> bool {
        self.0.has_default
    }

    /// Whether the member is a method, an attribute, or a field.
    #[must_use]
    pub const fn kind(&self) -> MemberKind {
        self.0.kind
    }

    /// The member's `#[tag(key = "value")]`s, in the order of the source.
    #[must_use]
    pub const fn tags(&self) -> &'static [Tag] {
        self.0.tags
    }

    /// The value of the member's first `#[tag(key = "value")]` with this key; see [`PluginInfo::tag`](crate::PluginInfo::tag).
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&'static str> {
        Tag::value_of(self.tags(), key)
    }
}

impl Debug for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Member")
            .field("kind", &self.kind())
            .field("signature", &self.signature())
            .finish()
    }
}

/// The kind of a member: a method, an attribute, or a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// A method of a trait: something that the object does.
    Method,
    /// A getter with `#[attribute]`: something that the object has.
    Attribute,
    /// A field of a struct: something that the object has.
    Field,
}

/// One parameter of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    name: &'static str,
    ty: &'static str,
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn parameter(name: &'static str, ty: &'static str) -> Parameter {
    Parameter { name, ty }
}

impl Parameter {
    /// The parameter's name, or its pattern.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The parameter's type, as the source has it.
    #[must_use]
    pub const fn ty(&self) -> &'static str {
        self.ty
    }
}

/// One `#[tag(key = "value")]` of an interface, a member, or a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    key: &'static str,
    value: &'static str,
}

/// Not public API. Used by generated code.
#[must_use]
pub const fn tag(key: &'static str, value: &'static str) -> Tag {
    Tag { key, value }
}

impl Tag {
    pub(crate) fn value_of(tags: &'static [Self], key: &str) -> Option<&'static str> {
        let tag = tags.iter().find(|tag| tag.key == key);
        tag.map(|tag| tag.value)
    }

    /// The tag's key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The tag's value.
    #[must_use]
    pub const fn value(&self) -> &'static str {
        self.value
    }
}

impl Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#[tag({} = {:?})]", self.key, self.value)
    }
}
