//! Reads a [`Configured`] from any format of serde.

use core::fmt;
use core::marker::PhantomData;
use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde::de::value::MapDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

use super::bridge::{Parameters, recorded};
use super::fault::At;
use super::maker::{choices, offered};
use super::value::{self, Anything, Value};
use super::{Configurable, Configured, Maker, configurables, made};
use crate::find::Missing;
use crate::{FindError, Interface as _, Plugin, PluginInfo, order};

/// A list of parameters that were read before.
pub(super) type Kept = Vec<(value::Name, Value)>;

/// Reads a name, or a map with a name and parameters; or a pair, if the format is not human-readable.
///
/// Errors of the plugin's type are extended by the plugin and the parameter.
impl<'de, I: ?Sized + Configurable> Deserialize<'de> for Configured<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Described(PhantomData))
        } else {
            deserializer.deserialize_tuple(2, Pair(PhantomData))
        }
    }
}

impl<I: ?Sized + Configurable> Plugin<dyn Maker<I>> {
    /// Makes an object from parameters: a map, without the plugin's name.
    ///
    /// See [`configurables`](super::configurables()) for an example.
    ///
    /// # Errors
    ///
    /// If the plugin does not accept the parameters, or if the format has an error.
    pub fn make<'de, D: Deserializer<'de>>(
        &self,
        deserializer: D,
    ) -> Result<Configured<I>, D::Error> {
        let found = Found::Maker(self.object, self.info);
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Alone(found))
        } else {
            let kept = Option::<Kept>::deserialize(deserializer)?;
            found.make_of_kept(kept)
        }
    }

    /// Makes an object with the default of each parameter.
    ///
    /// # Errors
    ///
    /// If a parameter has no default.
    pub fn make_default(&self) -> Result<Configured<I>, de::value::Error> {
        Found::Maker(self.object, self.info).make_of_kept(None)
    }
}

/// What a name stands for.
pub(super) enum Found<I: ?Sized + 'static> {
    Maker(&'static dyn Maker<I>, &'static PluginInfo),
    Static(Box<I>, &'static PluginInfo),
}

impl<I: ?Sized + Configurable> Found<I> {
    pub(super) fn of<E: Error>(name: &str) -> Result<Self, E> {
        match configurables::<I>().find(name) {
            Ok(maker) => return Ok(Self::Maker(maker.object, maker.info)),
            Err(FindError::NotFound(_)) => {}
            Err(error) => return Err(E::custom(format_args!("{error:#}"))),
        }
        if let Some(share) = I::SHARE {
            match I::slot().find(name) {
                Ok(plugin) => return Ok(Self::Static(share(plugin.object), plugin.info)),
                Err(FindError::NotFound(_)) => {}
                Err(error) => return Err(E::custom(format_args!("{error:#}"))),
            }
        }
        let linked = choices::<I>().into_iter().map(|(_, info)| info.name());
        let dropped_in = offered::<I>().into_iter().map(PluginInfo::name);
        let names = &order::texts(linked.chain(dropped_in));
        let interface = match I::SHARE {
            Some(_) => I::INFO,
            None => <dyn Maker<I>>::INFO,
        };
        let missing = Missing {
            name,
            interface,
            names,
            question: "",
        };
        Err(E::custom(format_args!("{missing:#}")))
    }

    /// What another object of this plugin is made of.
    pub(super) fn again(plugin: &'static PluginInfo) -> Self {
        if let Some(maker) = plugin.query::<dyn Maker<I>>() {
            return Self::Maker(maker.object, plugin);
        }
        let object = plugin.query::<I>().zip(I::SHARE);
        let object = object.map(|(plugin, share)| share(plugin.object));
        Self::Static(object.expect("one was made of it before"), plugin)
    }

    /// Makes an object of the parameters that were kept, and then of those in the map.
    pub(super) fn make_of<'de, A: MapAccess<'de>>(
        self,
        kept: Option<Kept>,
        access: A,
        bare: bool,
    ) -> Result<Configured<I>, A::Error> {
        let (Self::Maker(_, plugin) | Self::Static(_, plugin)) = self;
        let at = At {
            interface: I::INFO,
            plugin: Some(plugin),
            parameter: None,
        };
        let mut parameters = Parameters {
            before: kept.unwrap_or_default().into_iter(),
            access,
            error: None,
            at,
            known: &[],
            current: None,
            record: Vec::new(),
        };
        let made = match self {
            Self::Maker(maker, _) => maker.make_of(&mut parameters),
            Self::Static(object, _) => made(&mut parameters, || object),
        };
        match made {
            Ok(object) => Ok(Configured {
                object,
                plugin,
                parameters: (!bare).then_some(parameters.record),
            }),
            Err(fault) => Err(fault.into_error(parameters.error, at)),
        }
    }

    pub(super) fn make_of_kept<E: Error>(self, kept: Option<Kept>) -> Result<Configured<I>, E> {
        let bare = kept.is_none();
        let none = core::iter::empty::<(String, Value)>();
        self.make_of(kept, MapDeserializer::<_, E>::new(none), bare)
    }
}

fn expecting(noun: Option<&str>, tag: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let noun = noun.unwrap_or("plugin");
    write!(
        formatter,
        "the name of the {noun}, or a map with the key `{tag}`"
    )
}

/// A name, or a map.
struct Described<I: ?Sized>(PhantomData<fn(&I)>);

impl<'de, I: ?Sized + Configurable> Visitor<'de> for Described<I> {
    type Value = Configured<I>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(I::INFO.noun(), I::TAG, formatter)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Configured<I>, E> {
        Found::of(name)?.make_of_kept(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Configured<I>, A::Error> {
        let mut before = Kept::new();
        loop {
            let Some(key) = access.next_key_seed(Key)? else {
                let noun = I::INFO.noun().unwrap_or("plugin");
                let message = format!("missing `{}`, the name of the {noun}", I::TAG);
                return Err(A::Error::custom(message));
            };
            if key == I::TAG {
                break;
            }
            let at = At {
                interface: I::INFO,
                plugin: None,
                parameter: Some(&key),
            };
            let value = access.next_value_seed(recorded::<Anything>(at))?;
            before.push((key.into(), value.unwrap_or(Value::Unit)));
        }
        let found = access.next_value_seed(Name(PhantomData::<fn(&I)>))?;
        found.make_of(Some(before), access, false)
    }
}

/// A key, as it is: RON has texts for keys here, and not identifiers.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a parameter")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.into())
    }
}

/// A name, which is looked up where the format still knows its place.
struct Name<I: ?Sized>(PhantomData<fn(&I)>);

impl<'de, I: ?Sized + Configurable> DeserializeSeed<'de> for Name<I> {
    type Value = Found<I>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found<I>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<I: ?Sized + Configurable> Visitor<'_> for Name<I> {
    type Value = Found<I>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the name of the {}",
            I::INFO.noun().unwrap_or("plugin")
        )
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Found<I>, E> {
        Found::of(name)
    }
}

/// A name and parameters.
struct Pair<I: ?Sized>(PhantomData<fn(&I)>);

impl<'de, I: ?Sized + Configurable> Visitor<'de> for Pair<I> {
    type Value = Configured<I>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = I::INFO.noun().unwrap_or("plugin");
        write!(formatter, "the name of the {noun} and its parameters")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Configured<I>, A::Error> {
        let name = Name(PhantomData::<fn(&I)>);
        let found = access.next_element_seed(name)?;
        let found = found.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let kept = access.next_element::<Option<Kept>>()?;
        let kept = kept.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        found.make_of_kept(kept)
    }
}

/// The parameters of one plugin.
struct Alone<I: ?Sized + 'static>(Found<I>);

impl<'de, I: ?Sized + Configurable> Visitor<'de> for Alone<I> {
    type Value = Configured<I>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "a map of the {}'s parameters",
            I::INFO.noun().unwrap_or("plugin")
        )
    }

    fn visit_unit<E: Error>(self) -> Result<Configured<I>, E> {
        self.0.make_of_kept(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Configured<I>, A::Error> {
        self.0.make_of(None, access, false)
    }
}
