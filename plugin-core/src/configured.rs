//! Plugins that are made of their parameters: a type is registered, and a configuration makes the objects.

mod bridge;
mod fault;
mod maker;
mod parameters;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod value;
mod words;
mod write;

use core::fmt::{self, Debug};
use core::ops::{Deref, DerefMut};
use std::boxed::Box;
use std::sync::Arc;

use serde::de::value::Error;

use self::bridge::{Entries, Erased};
pub use self::fault::Fault;
use self::maker::text_of;
pub use self::maker::{
    Boxed, Configurable, Made, Maker, Makers, Making, NotShared, Owned, Share, Shared, Sharing,
    Type, made,
};
pub(crate) use self::maker::{name_of, parameters_of};
pub(crate) use self::parameters::Parameters;
use self::read::{Found, Kept};
#[cfg(feature = "schema")]
pub use self::schema::{HasSchema, NoSchema, SchemaOf, nothing_described};
#[cfg(feature = "clap")]
pub use self::words::ConfiguredParser;
use crate::{PluginInfo, Slot};

/// Not public API. Used by generated code.
pub type Given<'a, 'de> = &'a mut (dyn Entries<'de> + 'a);

/// A plugin that was made of a configuration: the plugin's name, and its parameters.
///
/// It dereferences to the interface, and owns the object. The interface is declared with
/// `#[interface(configured)]`; a type with `#[plugin]` implements [`Deserialize`](serde::Deserialize), so
/// that its fields are the parameters. This needs the feature `config`.
///
/// ```
/// # mod demo {
/// use plugin_core::{interface, plugin};
/// use serde::Deserialize;
///
/// #[interface(configured, noun = "filter")]
/// pub trait IFilter {
///     fn apply(&self, pixel: u32) -> u32;
/// }
///
/// /// Makes an image brighter.
/// #[plugin(IFilter, name = "brighten")]
/// #[derive(Deserialize)]
/// #[serde(deny_unknown_fields)]
/// pub struct Brighten {
///     by: u32,
/// }
///
/// impl IFilter for Brighten {
///     fn apply(&self, pixel: u32) -> u32 {
///         pixel + self.by
///     }
/// }
///
/// #[plugin(IFilter, name = "invert")]
/// pub struct Invert;
///
/// impl IFilter for Invert {
///     fn apply(&self, pixel: u32) -> u32 {
///         255 - pixel
///     }
/// }
/// # }
/// # use demo::*;
/// # fn main() -> Result<(), serde_json::Error> {
/// use plugin_core::Configured;
///
/// let text = r#"["invert", {"use": "brighten", "by": 7}]"#;
/// let filters: Vec<Configured<dyn IFilter>> = serde_json::from_str(text)?;
/// let pixel = filters.iter().fold(255, |pixel, filter| filter.apply(pixel));
/// assert_eq!(pixel, 7);
/// assert_eq!(filters[1].info().name(), "brighten");
///
/// // It writes what it was made of.
/// assert_eq!(serde_json::to_string(&filters)?, r#"["invert",{"use":"brighten","by":7}]"#);
///
/// let wrong = serde_json::from_str::<Configured<dyn IFilter>>(r#""brigten""#);
/// let error = wrong.err().unwrap().to_string();
/// assert!(error.starts_with("unknown filter `brigten`; did you mean `brighten`?"));
/// # Ok(())
/// # }
/// ```
///
/// # In a configuration
///
/// A bare name is a plugin without parameters. With parameters, it is a map with the key `use`, or the one
/// that `#[interface(configured(tag = "type"))]` names. Names are those that [`Slot::find`] finds. A static
/// with `#[plugin]` is a plugin without parameters, if all members of the interface take `&self` and could be
/// handed on to a `LazyLock` (see [`interface`](macro@crate::interface)).
///
/// On a command line, it is `blur:radius=3,edges=wrap`: see [`FromStr`](core::str::FromStr) and its inverse,
/// [`Display`](core::fmt::Display); and, with the feature `clap`, it is an argument of clap's.
///
/// # In an editor
///
/// With the feature `schema`, a configuration that derives schemars' `JsonSchema` has a schema with all plugins
/// of the program: their names and docs, and the parameters of each type that implements `JsonSchema` too. A
/// host that writes it to a file lets editors check and complete its configuration:
///
/// ```ignore
/// let schema = schemars::schema_for!(Config);
/// std::fs::write("config.schema.json", serde_json::to_string_pretty(&schema)?)?;
/// ```
///
/// # In other formats
///
/// A format that does not describe what it holds, such as postcard, has a pair: the name, and the
/// parameters as other formats have described them. So each format can be read, and then written in
/// another.
///
/// # Errors say where
///
/// They have the noun, the plugin, its crate, and the parameter. What the format knows of the place, such as
/// line and column, is that of the parameter if the key `use` comes first: the rest is then
/// read directly from the format. Parameters before it are kept until the name is known, and
/// an error in one of them is at the place of the whole map. The crate toml sorts keys, unless its feature
/// `preserve_order` is enabled.
///
/// Below are twenty examples.
///
/// # What it costs
///
/// It has the size of two pointers, an address of what is known of the plugin, and a vector. To be
/// written again it keeps the parameters, which takes an allocation for each text and list.
///
#[doc = include_str!("configured/wrong.md")]
pub struct Configured<I: ?Sized + Configurable> {
    object: Box<I>,
    plugin: &'static PluginInfo,
    /// `None` if only the name was given.
    parameters: Option<Kept>,
}

impl<I: ?Sized + Configurable> Configured<I> {
    /// What is known of the plugin from which the object was made.
    ///
    /// If the interface has a member `info`, call that as `(*configured).info()`.
    #[must_use]
    pub fn info(&self) -> &'static PluginInfo {
        self.plugin
    }

    /// The object alone, which no longer knows its parameters.
    #[must_use]
    pub fn into_box(self) -> Box<I> {
        self.object
    }

    /// The object alone, to be shared. It is moved into a new allocation.
    #[must_use]
    pub fn into_arc(self) -> Arc<I> {
        self.object.into()
    }
}

/// Makes another object of the same parameters: what has changed in the object since then is not copied.
///
/// # Panics
///
/// If the plugin's type refuses the parameters that it has accepted before.
impl<I: ?Sized + Configurable> Clone for Configured<I> {
    fn clone(&self) -> Self {
        let made = Found::again(self.plugin).make_of_kept::<Error>(self.parameters.clone());
        made.unwrap_or_else(|error| panic!("a plugin cannot be made again: {error}"))
    }
}

impl<I: ?Sized + Configurable> Deref for Configured<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.object
    }
}

impl<I: ?Sized + Configurable> DerefMut for Configured<I> {
    fn deref_mut(&mut self) -> &mut I {
        &mut self.object
    }
}

impl<I: ?Sized + Configurable> From<Configured<I>> for Arc<I> {
    fn from(configured: Configured<I>) -> Self {
        configured.into_arc()
    }
}

impl<I: ?Sized + Configurable> Debug for Configured<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct(text_of::<I>(self.plugin));
        for (name, value) in self.parameters.iter().flatten() {
            shown.field(name, value);
        }
        shown.finish_non_exhaustive()
    }
}

/// The plugins of a configured interface that are made of parameters: the types with `#[plugin]`.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # use serde::Deserialize;
/// # #[interface(configured, noun = "filter")]
/// # pub trait IFilter { fn radius(&self) -> u32; }
/// /// Blurs an image.
/// #[plugin(IFilter, name = "blur")]
/// #[derive(Deserialize)]
/// #[serde(default)]
/// struct Blur { radius: u32 }
/// # impl Default for Blur { fn default() -> Self { Self { radius: 2 } } }
/// # impl IFilter for Blur { fn radius(&self) -> u32 { self.radius } }
/// # }
/// # use demo::*;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use plugin_core::configurables;
///
/// for filter in configurables::<dyn IFilter>() {
///     println!("{}: {}", filter.info.name(), filter.info.docs());
/// }
/// let blur = configurables::<dyn IFilter>().find("blur")?;
/// assert_eq!(blur.make_default()?.radius(), 2);
/// let parameters = &mut serde_json::Deserializer::from_str(r#"{"radius": 5}"#);
/// assert_eq!(blur.make(parameters)?.radius(), 5);
/// # Ok(())
/// # }
/// ```
///
/// They are in a [`Slot`] of their own, and have all that plugins have. Statics of the interface are in
/// [`slot::<dyn IFilter>()`](crate::slot()). The first call gathers them, with a comparison for each
/// configured plugin of the program; the list is then kept.
#[must_use]
pub fn configurables<I: ?Sized + Configurable>() -> &'static Slot<dyn Maker<I>> {
    crate::slot()
}

/// Not public API. Used by generated code.
///
/// The parameters as an access of serde's, with the error that crosses.
fn access<'a, 'de>(given: Given<'a, 'de>) -> Erased<'a, dyn Entries<'de> + 'a> {
    Erased(given)
}
