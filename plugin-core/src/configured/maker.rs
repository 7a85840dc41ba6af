//! The makers, which make objects from parameters, and the slot of the makers of each interface.

// Most of what is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::any::Any;
use core::marker::PhantomData;
use core::ops::Deref;
use std::boxed::Box;
use std::sync::OnceLock;
use std::vec::Vec;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::parameters::Parameters;
use super::{Fault, Given, access};
use crate::dropin::across::{Across, Crosses, Held, Side, Standing, Table};
use crate::dropin::crossing::Crossing;
use crate::dropin::shape::Reached;
use crate::interface::{Identity, InterfaceData, erased};
use crate::plugin::kind::{CastOf, Provider};
use crate::{Interface, Plugin, PluginInfo, Shape, Slot, backend, dropin::installed, slot};

// Generated code has these names for types of the standard library: what is re-exported, the compiler
// would call by its path here.

/// Not public API. Used by generated code.
pub type Owned<I> = Box<I>;

/// Not public API. Used by generated code.
pub type Making<I> = Result<Box<I>, Fault>;

/// Not public API. Used by generated code.
pub type Share<I> = Option<fn(&'static I) -> Box<I>>;

/// Not public API. Used by generated code.
#[cfg(feature = "schema")]
pub type SchemaOf = Option<fn(&mut schemars::SchemaGenerator) -> schemars::Schema>;

/// A plugin that makes objects of the interface `I` from parameters; see [`configurables`](super::configurables).
///
/// Only `#[plugin]` on a type implements it.
pub trait Maker<I: ?Sized>: Send + Sync + 'static {
    /// Not public API.
    ///
    /// # Errors
    ///
    /// If the parameters are not those of the type.
    #[doc(hidden)]
    fn make_of(&self, parameters: Given<'_, '_>) -> Making<I>;

    /// Not public API.
    #[cfg(feature = "schema")]
    #[doc(hidden)]
    fn schema(&self) -> SchemaOf;
}

/// An interface whose plugins can have parameters: the `dyn Trait` of a trait with `#[interface(configured)]`.
///
/// Only the attribute implements it. Use it as a bound in functions that work for every such interface.
#[diagnostic::on_unimplemented(
    message = "the interface `{Self}` is not configured\nhelp: write `#[interface(configured)]` above the trait",
    label = "declared without `configured`"
)]
pub trait Configurable: Interface {
    /// Not public API: the key of the name.
    #[doc(hidden)]
    const TAG: &'static str;

    /// Not public API: the interface of the makers.
    #[doc(hidden)]
    const MAKER: Identity<dyn Maker<Self>>;

    /// Not public API: how a static is owned, where the members allow it.
    #[doc(hidden)]
    const SHARE: Share<Self>;

    /// Not public API: what a file says of the makers; nothing where libraries cannot have them.
    #[doc(hidden)]
    const RECORD_OF_MAKER: &'static [u8] = &[];

    /// Not public API: the slot of the makers.
    #[doc(hidden)]
    fn makers() -> &'static Makers<Self>;
}

/// Not public API. Used by generated code.
///
/// One maker: a `Plugin<dyn Maker<I>>`, whatever `I` is.
pub struct Made(pub(crate) &'static dyn AnyMaker);

/// What can be asked of a maker, whatever its interface is.
pub(crate) trait AnyMaker: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn info(&self) -> &'static PluginInfo;
    fn parameters(&self) -> Parameters;
}

impl<I: ?Sized + Configurable> AnyMaker for Plugin<dyn Maker<I>> {
    fn any(&self) -> &dyn Any {
        self
    }

    fn info(&self) -> &'static PluginInfo {
        self.info
    }

    fn parameters(&self) -> Parameters {
        Parameters::of(self)
    }
}

/// The parameters of this plugin, if it is made of any that are known.
pub(crate) fn parameters_of(info: &PluginInfo) -> Option<Parameters> {
    let mut makers = backend::makers().map(|made| made.0);
    let maker = makers.find(|maker| core::ptr::eq(maker.info(), info))?;
    Some(maker.parameters()).filter(Parameters::are_known)
}

impl Made {
    #[must_use]
    pub const fn new<I: ?Sized + Configurable>(plugin: &'static Plugin<dyn Maker<I>>) -> Self {
        Self(plugin)
    }
}

/// Not public API. Used by generated code.
///
/// What is known of the interface of `I`'s makers, but for its key and its names.
#[must_use]
pub const fn maker<I: ?Sized + Configurable>() -> InterfaceData {
    InterfaceData {
        wants_one: false,
        extends: &[],
        members: &[],
        erased: erased::<dyn Maker<I>>(),
        ..I::INFO.data()
    }
}

/// Not public API. Used by generated code.
///
/// The makers of one interface.
pub struct Makers<I: ?Sized + 'static> {
    slot: Slot<dyn Maker<I>>,
    plugins: OnceLock<Vec<Plugin<dyn Maker<I>>>>,
}

impl<I: ?Sized + Configurable> Makers<I> {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only statics are made of it")]
    pub const fn new() -> Self {
        Self {
            slot: slot::declared(),
            plugins: OnceLock::new(),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<I: ?Sized + Configurable> Interface for dyn Maker<I> {
    const IDENTITY: Identity<Self> = I::MAKER;

    fn slot() -> &'static Slot<Self> {
        &I::makers().slot
    }

    fn plugins() -> &'static [Plugin<Self>] {
        I::makers().plugins.get_or_init(|| {
            backend::makers()
                .filter_map(|maker| maker.0.any().downcast_ref().copied())
                .collect()
        })
    }

    fn only_the_interface_attribute_implements_this_trait() {}
}

#[diagnostic::do_not_recommend]
impl<I: ?Sized + Configurable + Crossing> Crossing for dyn Maker<I> {
    const REACHED: &'static [Reached] = I::REACHED;
    const TOKEN: u128 = I::TOKEN ^ CROSSES;
    const RECORD: &'static [u8] = I::RECORD_OF_MAKER;
}

impl<I: ?Sized + Configurable + Shape, T: Maker<I>> Crosses<T> for dyn Maker<I> {
    const TABLE: Table = Standing::<T, Self>::TABLE;
}

impl<I: ?Sized + Shape + 'static, H, S: Side, By: ?Sized + 'static> Maker<I> for Across<H, S, By>
where
    H: Held<Target: Maker<I>> + Send + Sync + 'static,
{
    fn make_of(&self, parameters: Given<'_, '_>) -> Making<I> {
        self.call(|maker| {
            let mut object = maker.make_of(parameters)?;
            I::carry_box::<S>(&mut object);
            Ok(object)
        })
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> SchemaOf {
        self.call(Maker::schema)
    }
}

/// Tells a maker from its interface. What crosses between a program and a library that it loads is counted
/// here: raise it with each change of `Maker`, and of the traits and types in `bridge`.
const CROSSES: u128 = 0x6d61_6b65_7220_3031_6d61_6b65_7220_0001 ^ SCHEMA;

/// With the feature, one more thing crosses, of whose types only the sizes can be seen.
#[cfg(not(feature = "schema"))]
const SCHEMA: u128 = 0;
#[cfg(feature = "schema")]
const SCHEMA: u128 = (1 << 96)
    | (size_of::<schemars::SchemaGenerator>() as u128) << 32
    | (size_of::<schemars::Schema>() as u128) << 16;

#[expect(clippy::zero_ptr, reason = "a call would be one for each type")]
impl<I: ?Sized + Configurable, T: Maker<I>> Provider<T> for dyn Maker<I> {
    const CAST: CastOf<T, Self> = crate::cast!(T as dyn Maker<I>);
}

/// Not public API. Used by generated code.
///
/// Stands for a type that is a plugin.
pub struct Type<T> {
    #[cfg(feature = "schema")]
    schema: SchemaOf,
    ty: PhantomData<fn() -> T>,
}

impl<T> Type<T> {
    #[cfg(not(feature = "schema"))]
    pub const NEW: Self = Self { ty: PhantomData };

    #[cfg(feature = "schema")]
    #[must_use]
    pub const fn new(schema: SchemaOf) -> Self {
        let ty = PhantomData;
        Self { schema, ty }
    }
}

/// The name of the type for which one of this name stands, or this name.
pub(crate) fn name_of(name: &'static str) -> &'static str {
    let inner = name.strip_prefix("plugin_core::configured::maker::Type<");
    let inner = inner.and_then(|inner| inner.strip_suffix('>'));
    inner.unwrap_or(name)
}

/// Not public API. Used by generated code.
///
/// What stands for a type, with its schema if it has one.
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_type {
    ($type:ident) => {
        $crate::Type::<$type>::NEW
    };
}

/// Not public API. Used by generated code.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! declare_type {
    ($type:ident) => {{
        use $crate::__private::NoSchema as _;
        $crate::Type::<$type>::new($crate::__private::HasSchema::<$type>::SCHEMA)
    }};
}

impl<I: ?Sized + Configurable + Boxed<T>, T: DeserializeOwned + 'static> Maker<I> for Type<T> {
    fn make_of(&self, parameters: Given<'_, '_>) -> Making<I> {
        T::deserialize(access(parameters)).map(I::boxed)
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> SchemaOf {
        self.schema
    }
}

/// Not public API. Used by generated code: for each `dyn Interface` and each type that implements it.
pub trait Boxed<T> {
    fn boxed(object: T) -> Box<Self>;
}

/// Not public API. Used by generated code.
///
/// A static, as an object that can be owned.
pub struct Shared<T: ?Sized + 'static>(&'static T);

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0
    }
}

/// Not public API. Used by generated code.
///
/// `Sharing::<dyn Trait>::SHARE` is `Some` if the trait is implemented for [`Shared`].
pub struct Sharing<I: ?Sized>(PhantomData<fn(&I)>);

impl<I: ?Sized + Boxed<Shared<I>> + 'static> Sharing<I> {
    pub const SHARE: Share<I> = Some(|object| I::boxed(Shared(object)));
}

/// Not public API. Used by generated code.
pub trait NotShared<I: ?Sized + 'static> {
    const SHARE: Share<I> = None;
}

impl<I: ?Sized + 'static> NotShared<I> for Sharing<I> {}

/// Not public API. Used by generated code.
///
/// What needs no parameters.
///
/// # Errors
///
/// If there is one.
pub fn made<I: ?Sized>(parameters: Given<'_, '_>, object: impl FnOnce() -> Box<I>) -> Making<I> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    Nothing::deserialize(access(parameters)).map(|_| object())
}

/// The text in a configuration that finds this plugin.
pub(super) fn text_of<I: ?Sized + Configurable>(info: &'static PluginInfo) -> &'static str {
    let makers = super::configurables::<I>();
    if info.provides::<dyn Maker<I>>() {
        return makers.text_of(info);
    }
    let text = I::slot().text_of(info);
    // A maker is preferred to a static of the same name.
    match makers.find(text) {
        Ok(_) => info.id(),
        Err(_) => text,
    }
}

/// All that a name may stand for, by rank: first the makers, and then the statics, if these can be owned.
pub(super) fn choices<I: ?Sized + Configurable>() -> Vec<(&'static str, &'static PluginInfo)> {
    let makers = super::configurables::<I>().sorted().iter();
    let statics = I::SHARE.map(|_| I::slot().sorted().iter());
    let statics = statics.into_iter().flatten().map(|plugin| plugin.info);
    let infos = makers.map(|maker| maker.info).chain(statics);
    infos.map(|info| (text_of::<I>(info), info)).collect()
}

/// What the libraries of installed packages offer besides.
pub(super) fn offered<I: ?Sized + Configurable>() -> Vec<&'static PluginInfo> {
    let makers = installed::offered(<dyn Maker<I>>::INFO);
    let statics = I::SHARE.map(|_| installed::offered(I::INFO));
    makers
        .into_iter()
        .chain(statics.into_iter().flatten())
        .collect()
}
