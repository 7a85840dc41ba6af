//! A reference to a plugin, which is read and written as the name of the plugin.

use core::cmp::Ordering;
use core::fmt::{self, Debug, Display};
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use core::str::FromStr;

use crate::order::address;
use crate::{FindError, Interface, Plugin};

/// A plugin that configurations and command lines name.
///
/// Use it as a field of a configuration or as an argument of a command. It reads and writes a name, by [`FromStr`] and
/// [`Display`]; with the feature `serde`, in all of serde's formats; and with the feature `clap`, as an argument of clap.
/// It dereferences to the [`Plugin`].
///
/// ```
/// use plugin_core::{PluginRef, interface, plugin};
///
/// #[interface]
/// pub trait ICodec {
///     fn extension(&self) -> &str;
/// }
///
/// #[plugin(ICodec, name = "zip")]
/// struct Zip;
///
/// impl ICodec for Zip {
///     fn extension(&self) -> &str {
///         ".zip"
///     }
/// }
///
/// fn main() {
///     let codec: PluginRef<dyn ICodec> = "zip".parse().unwrap();
///     assert_eq!(codec.extension(), ".zip");
///     assert_eq!(codec.to_string(), "zip");
///     assert!("zap".parse::<PluginRef<dyn ICodec>>().is_err());
/// }
/// ```
///
/// It reads each text that [`Slot::find`](crate::Slot::find) finds. It writes the text of
/// [`Slot::text_of`](crate::Slot::text_of): the name, or the id if several plugins of the interface have the name.
///
/// [`From`] makes it from a [`Plugin`], also from one that [`query`](crate::PluginInfo::query) returns.
///
/// It is `Copy`, and four words in memory. Two are equal if they refer to the same plugin. They are ordered by id, and
/// then by version, file, and line.
///
/// # Errors
///
/// Reading fails with the [`FindError`] of [`Slot::find`](crate::Slot::find). In serde's formats the message is on one
/// line, followed by the place that the format adds. Clap shows the names that exist as possible values.
pub struct PluginRef<I: ?Sized + 'static>(Plugin<I>);

impl<I: ?Sized> Clone for PluginRef<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: ?Sized> Copy for PluginRef<I> {}

impl<I: ?Sized> Deref for PluginRef<I> {
    type Target = Plugin<I>;

    fn deref(&self) -> &Plugin<I> {
        &self.0
    }
}

impl<I: ?Sized> From<Plugin<I>> for PluginRef<I> {
    fn from(plugin: Plugin<I>) -> Self {
        Self(plugin)
    }
}

impl<I: ?Sized> From<&'static Plugin<I>> for PluginRef<I> {
    fn from(plugin: &'static Plugin<I>) -> Self {
        Self(*plugin)
    }
}

impl<I: ?Sized> PartialEq for PluginRef<I> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<I: ?Sized> Eq for PluginRef<I> {}

impl<I: ?Sized> PartialOrd for PluginRef<I> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<I: ?Sized> Ord for PluginRef<I> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.info == other.info {
            return Ordering::Equal;
        }
        // One macro may write several plugins into one line, and give them one name.
        let places = self.info.place().cmp(&other.info.place());
        places.then_with(|| address(self.info).cmp(&address(other.info)))
    }
}

impl<I: ?Sized> Hash for PluginRef<I> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.info.place().hash(state);
    }
}

impl<I: ?Sized + Interface> FromStr for PluginRef<I> {
    type Err = FindError;

    fn from_str(name: &str) -> Result<Self, FindError> {
        I::slot().find(name).map(Self::from)
    }
}

impl<I: ?Sized + Interface> TryFrom<&str> for PluginRef<I> {
    type Error = FindError;

    fn try_from(name: &str) -> Result<Self, FindError> {
        name.parse()
    }
}

impl<I: ?Sized + Interface> Display for PluginRef<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(I::slot().text_of(self.info))
    }
}

impl<I: ?Sized + Interface> Debug for PluginRef<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PluginRef({self})")
    }
}

#[cfg(feature = "serde")]
mod serde {
    use core::fmt;
    use core::marker::PhantomData;

    use serde::de::{Deserialize, Deserializer, Error, Visitor};
    use serde::ser::{Serialize, Serializer};

    use super::PluginRef;
    use crate::{FindError, Interface};

    /// Writes a string: the text that finds the plugin.
    impl<I: ?Sized + Interface> Serialize for PluginRef<I> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    /// Reads a string: a name, an id, or the text that finds the plugin. The error is the message of `find` on one
    /// line.
    impl<'de, I: ?Sized + Interface> Deserialize<'de> for PluginRef<I> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Name(PhantomData))
        }
    }

    struct Name<I: ?Sized>(PhantomData<fn() -> PhantomData<I>>);

    impl<I: ?Sized + Interface> Visitor<'_> for Name<I> {
        type Value = PluginRef<I>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            match I::INFO.noun() {
                Some(noun) => write!(formatter, "the name of the {noun}"),
                None => write!(formatter, "the name of a plugin of `{}`", I::INFO.name()),
            }
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<PluginRef<I>, E> {
            // Formats add to it where the text was.
            name.parse()
                .map_err(|error: FindError| E::custom(format_args!("{error:#}")))
        }
    }
}

#[cfg(feature = "clap")]
mod clap {
    use core::marker::PhantomData;
    use std::boxed::Box;
    use std::ffi::OsStr;
    use std::string::ToString;

    use clap::builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory};
    use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
    use clap::{Arg, Command};

    use super::PluginRef;
    use crate::{FindError, Interface, dropin::installed};

    impl<I: ?Sized + Interface> ValueParserFactory for PluginRef<I> {
        type Parser = PluginParser<I>;

        fn value_parser() -> PluginParser<I> {
            PluginParser(PhantomData)
        }
    }

    /// Reads a plugin's name from a command line; `--help` lists the names.
    ///
    /// Clap uses it for each argument of the type [`PluginRef`]; you need not name it.
    pub struct PluginParser<I: ?Sized>(PhantomData<fn() -> PhantomData<I>>);

    impl<I: ?Sized> Clone for PluginParser<I> {
        fn clone(&self) -> Self {
            Self(PhantomData)
        }
    }

    impl<I: ?Sized + Interface> TypedValueParser for PluginParser<I> {
        type Value = PluginRef<I>;

        fn parse_ref(
            &self,
            command: &Command,
            argument: Option<&Arg>,
            value: &OsStr,
        ) -> Result<PluginRef<I>, Error> {
            let name = StringValueParser::new().parse_ref(command, argument, value)?;
            name.parse().map_err(|error: FindError| {
                let FindError::NotFound(error) = error else {
                    return Error::raw(ErrorKind::InvalidValue, std::format!("{error}\n"))
                        .with_cmd(command);
                };
                let mut shown = Error::new(ErrorKind::InvalidValue).with_cmd(command);
                if let Some(argument) = argument {
                    let argument = ContextValue::String(argument.to_string());
                    shown.insert(ContextKind::InvalidArg, argument);
                }
                shown.insert(ContextKind::InvalidValue, ContextValue::String(name));
                let names = error.names().iter().map(ToString::to_string).collect();
                shown.insert(ContextKind::ValidValue, ContextValue::Strings(names));
                if let Some(nearest) = error.nearest() {
                    let nearest = ContextValue::String(nearest.to_string());
                    shown.insert(ContextKind::SuggestedValue, nearest);
                }
                shown
            })
        }

        fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
            let linked = I::slot().sorted().iter().map(|plugin| plugin.info);
            let linked = linked.map(|info| (I::slot().text_of(info), info));
            let dropped_in = installed::offered(I::INFO).into_iter();
            let all = linked.chain(dropped_in.map(|info| (info.name(), info)));
            Some(Box::new(all.map(|(text, info)| {
                let value = PossibleValue::new(text);
                match info.docs().lines().next() {
                    Some(line) => value.help(line),
                    None => value,
                }
            })))
        }
    }
}

#[cfg(feature = "clap")]
pub use self::clap::PluginParser;
