//! Plugins with parameters: a type is registered, and a configuration makes objects of it.

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
#[cfg(feature = "schema")]
pub use self::maker::SchemaOf;
use self::maker::text_of;
pub use self::maker::{
    Boxed, Configurable, Made, Maker, Makers, Making, NotShared, Owned, Share, Shared, Sharing,
    Type, made, maker,
};
pub(crate) use self::maker::{name_of, parameters_of};
pub(crate) use self::parameters::Parameters;
use self::read::{Found, Kept};
#[cfg(feature = "schema")]
pub use self::schema::{HasSchema, NoSchema, nothing_described};
#[cfg(feature = "clap")]
pub use self::words::ConfiguredParser;
use crate::{PluginInfo, Slot};

/// Not public API. Used by generated code.
pub type Given<'a, 'de> = &'a mut (dyn Entries<'de> + 'a);

/// An object that is made from a configuration, which has the name of a plugin and its parameters.
///
/// Use it as a field of a configuration. It owns the object, and dereferences to the interface. The interface is declared
/// with `#[interface(configured)]`. The plugin is a type with `#[plugin]` that implements
/// [`Deserialize`](serde::Deserialize); its fields are the parameters.
///
/// ```
/// use plugin_core::{Configured, interface, plugin};
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
/// struct Brighten {
///     by: u32,
/// }
///
/// impl IFilter for Brighten {
///     fn apply(&self, pixel: u32) -> u32 {
///         pixel + self.by
///     }
/// }
///
/// /// Swaps black and white.
/// #[plugin(IFilter, name = "invert")]
/// struct Invert;
///
/// impl IFilter for Invert {
///     fn apply(&self, pixel: u32) -> u32 {
///         255 - pixel
///     }
/// }
///
/// fn main() -> Result<(), serde_json::Error> {
///     let text = r#"["invert", {"use": "brighten", "by": 7}]"#;
///     let filters: Vec<Configured<dyn IFilter>> = serde_json::from_str(text)?;
///     let pixel = filters.iter().fold(255, |pixel, filter| filter.apply(pixel));
///     assert_eq!(pixel, 7);
///     assert_eq!(filters[1].info().name(), "brighten");
///
///     // It writes what it was made from.
///     assert_eq!(serde_json::to_string(&filters)?, r#"["invert",{"use":"brighten","by":7}]"#);
///
///     let wrong = serde_json::from_str::<Configured<dyn IFilter>>(r#""brigten""#);
///     let error = wrong.err().unwrap().to_string();
///     assert!(error.starts_with("unknown filter `brigten`; did you mean `brighten`?"));
///     Ok(())
/// }
/// ```
///
/// # In a configuration
///
/// Write the name alone for a plugin without parameters. To give parameters, write a map that has the name under the key
/// `use`, or under the key of `#[interface(configured(tag = "type"))]`. Names are those that [`Slot::find`] finds.
///
/// A static with `#[plugin]` can be named too, without parameters, if `LazyLock` implements the interface; see
/// [`interface`](macro@crate::interface#types-that-implement-it).
///
/// # On a command line
///
/// The text is `blur:radius=3,edges=wrap`. [`FromStr`](core::str::FromStr) reads it, and
/// [`Display`](core::fmt::Display) writes it. With the feature `clap`, it is an argument of clap.
///
/// # In an editor
///
/// With the feature `schema`, a configuration that derives schemars' `JsonSchema` has a schema with all plugins
/// of the program: their names and docs, and the parameters of each type that implements `JsonSchema` as well. Write
/// the schema to a file, and editors check and complete the configuration:
///
/// ```ignore
/// let schema = schemars::schema_for!(Config);
/// std::fs::write("config.schema.json", serde_json::to_string_pretty(&schema)?)?;
/// ```
///
/// # In other formats
///
/// In a format that does not describe its data, such as postcard, it is a pair: the name, and the parameters with their
/// structure. So it can be read from any format, and written to any other.
///
/// # Errors
///
/// The message has the noun, the plugin, its crate, and the parameter. The format adds the place, such as line and
/// column. It is the place of the parameter if the key `use` comes first. Parameters before that key are stored until the
/// name is known, so an error in one of them is at the place of the whole map. The crate toml sorts keys unless its
/// feature `preserve_order` is enabled.
///
/// Below are twenty examples.
///
/// # Cost
///
/// In memory, it is a `Box<dyn Trait>`, the address of the plugin's description, and a vector. It keeps the parameters so
/// that it can be written again, with an allocation for each text and each list.
///
#[doc = include_str!("configured/wrong.md")]
pub struct Configured<I: ?Sized + Configurable> {
    object: Box<I>,
    plugin: &'static PluginInfo,
    /// `None` if only the name was given.
    parameters: Option<Kept>,
}

impl<I: ?Sized + Configurable> Configured<I> {
    /// The description of the plugin that made the object.
    ///
    /// If the interface has a member `info`, call that as `(*configured).info()`.
    #[must_use]
    pub fn info(&self) -> &'static PluginInfo {
        self.plugin
    }

    /// Returns the object, without its parameters.
    #[must_use]
    pub fn into_box(self) -> Box<I> {
        self.object
    }

    /// Returns the object in an [`Arc`], without its parameters. This moves the object into a new allocation.
    #[must_use]
    pub fn into_arc(self) -> Arc<I> {
        self.object.into()
    }
}

/// Makes another object from the same parameters. Later changes in the object are not copied.
///
/// # Panics
///
/// If the plugin's type refuses the parameters that it accepted before.
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

/// The slot of an interface's plugins with parameters: the types with `#[plugin]`.
///
/// Each of them is a [`Maker`], which makes objects of its type:
///
/// ```
/// use plugin_core::{configurables, interface, plugin};
/// use serde::Deserialize;
///
/// #[interface(configured, noun = "filter")]
/// pub trait IFilter {
///     fn radius(&self) -> u32;
/// }
///
/// /// Blurs an image.
/// #[plugin(IFilter, name = "blur")]
/// #[derive(Deserialize)]
/// struct Blur {
///     #[serde(default)]
///     radius: u32,
/// }
///
/// impl IFilter for Blur {
///     fn radius(&self) -> u32 {
///         self.radius
///     }
/// }
///
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     for filter in configurables::<dyn IFilter>() {
///         println!("{}: {}", filter.info.name(), filter.info.docs());
///     }
///
///     let blur = configurables::<dyn IFilter>().find("blur")?;
///     assert_eq!(blur.make_default()?.radius(), 0);
///
///     let parameters = &mut serde_json::Deserializer::from_str(r#"{"radius": 5}"#);
///     assert_eq!(blur.make(parameters)?.radius(), 5);
///     Ok(())
/// }
/// ```
///
/// Makers have names, docs, priorities, and all else that plugins have. The statics of the interface are not among them,
/// but in [`slot::<dyn IFilter>()`](crate::slot()).
///
/// # Cost
///
/// The first call makes the list, with a comparison for each plugin with parameters in the program. Later calls reuse
/// it.
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
