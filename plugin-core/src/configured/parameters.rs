//! The names of the parameters that a plugin takes, as far as its type gives them to serde.

use core::fmt::{self, Display};

use super::bridge::{Entries, Seed};
use super::{Configurable, Fault, Maker};
use crate::Plugin;

impl<I: ?Sized + Configurable> Plugin<dyn Maker<I>> {
    /// The names of the parameters, in the order of the type's fields.
    ///
    /// ```
    /// use plugin_core::{configurables, interface, plugin};
    /// use serde::Deserialize;
    ///
    /// #[interface(configured)]
    /// pub trait IFilter {}
    ///
    /// #[plugin(IFilter, name = "blur")]
    /// #[derive(Deserialize)]
    /// struct Blur {
    ///     radius: u32,
    ///     edges: String,
    /// }
    ///
    /// impl IFilter for Blur {}
    ///
    /// fn main() {
    ///     let blur = configurables::<dyn IFilter>().find("blur").unwrap();
    ///     assert_eq!(blur.parameter_names(), ["radius", "edges"]);
    /// }
    /// ```
    ///
    /// They are the fields that the type's `Deserialize` asks the format for. The list is empty if it asks for any map, as
    /// with `#[serde(flatten)]`.
    #[must_use]
    pub fn parameter_names(&self) -> &'static [&'static str] {
        let mut asked = Asked(&[]);
        // It gets no parameters, and so makes nothing.
        let _ = self.object.make_of(&mut asked);
        asked.0
    }
}

/// Notes what a type asks for, and gives it nothing.
struct Asked(&'static [&'static str]);

impl<'de> Entries<'de> for Asked {
    fn expect(&mut self, known: &'static [&'static str]) {
        self.0 = known;
    }

    fn key(&mut self, _seed: &mut dyn Seed<'de>) -> Result<bool, Fault> {
        Err(Fault::KEPT)
    }

    fn value(&mut self, _seed: &mut dyn Seed<'de>) -> Result<(), Fault> {
        Err(Fault::KEPT)
    }

    fn size_hint(&self) -> Option<usize> {
        None
    }
}

/// The parameters of one plugin, for people: `radius=2, edges`.
pub(crate) struct Parameters {
    names: &'static [&'static str],
    #[cfg(feature = "schema")]
    schema: Option<schemars::Schema>,
}

impl Parameters {
    pub(super) fn of<I: ?Sized + Configurable>(plugin: &Plugin<dyn Maker<I>>) -> Self {
        Self {
            names: plugin.parameter_names(),
            #[cfg(feature = "schema")]
            schema: plugin
                .object
                .schema()
                .map(|schema| schema(&mut schemars::SchemaGenerator::default())),
        }
    }

    pub(crate) fn are_known(&self) -> bool {
        !self.names.is_empty()
    }

    #[cfg(feature = "serde")]
    pub(crate) fn names(&self) -> &'static [&'static str] {
        self.names
    }

    #[cfg(all(feature = "serde", feature = "schema"))]
    pub(crate) fn schema(self) -> Option<schemars::Schema> {
        self.schema
    }
}

#[cfg(not(feature = "schema"))]
impl Display for Parameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(self.names.iter(), formatter)
    }
}

/// Each with its default, if it has one that is written in one word.
#[cfg(feature = "schema")]
impl Display for Parameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use std::format;
        use std::string::String;

        let default = |name: &str| match self
            .schema
            .as_ref()?
            .get("properties")?
            .get(name)?
            .get("default")?
        {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            value => Some(format!("{value}")),
        };
        let shown = self.names.iter().map(|name| match default(name) {
            Some(default) => format!("{name}={default}"),
            None => String::from(*name),
        });
        write_all(shown, formatter)
    }
}

fn write_all<T: Display>(
    shown: impl Iterator<Item = T>,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (index, shown) in shown.enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(formatter, "{comma}{shown}")?;
    }
    Ok(())
}
