//! From one argument of a command line: `blur:radius=3,edges=wrap`.

use core::marker::PhantomData;
use core::str::FromStr;
use std::string::String;
use std::vec::Vec;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::read::Found;
use super::{Configurable, Configured};

/// From a name, or from a name and parameters: `blur:radius=3,edges=wrap`.
///
/// A value is a number or a text, as the plugin's type expects; the variant of an enum without
/// fields; or a list, `[1,2]`. Commas within brackets or double quotes do not end a value, and quotes around a
/// value are taken off.
impl<I: ?Sized + Configurable> FromStr for Configured<I> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, parameters) = match colon(text) {
            None => return Found::of::<Error>(text)?.make_of_kept(None),
            Some(at) => (&text[..at], &text[at + 1..]),
        };
        let found = Found::of::<Error>(name)?;
        let entry = |parameter: &str| {
            let Some((key, value)) = parameter.split_once('=') else {
                let message = "a parameter is a name and a value, as in `radius=3`, and not";
                return Err(Error::custom(std::format!("{message} `{parameter}`")));
            };
            Ok((String::from(key.trim()), Word(value.trim().into())))
        };
        let entries: Result<Vec<_>, Error> = parts(parameters).into_iter().map(entry).collect();
        found.make_of(None, MapDeserializer::new(entries?.into_iter()), false)
    }
}

/// The colon behind the name. An id has two in a row.
fn colon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_single = |at: &usize| {
        bytes[*at] == b':'
            && bytes.get(at + 1) != Some(&b':')
            && (*at == 0 || bytes[at - 1] != b':')
    };
    (0..bytes.len()).find(is_single)
}

/// The text between commas, but for those within brackets and quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_u32, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// A value whose type only its reader knows.
struct Word(String);

impl Word {
    fn unquoted(&self) -> &str {
        let inner = self
            .0
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        inner.unwrap_or(&self.0)
    }

    fn list(&self) -> Option<Vec<Word>> {
        let inner = self.0.strip_prefix('[')?.strip_suffix(']')?;
        let words = parts(inner).into_iter();
        Some(words.map(|word| Word(word.trim().into())).collect())
    }
}

impl<E: de::Error> IntoDeserializer<'_, E> for Word {
    type Deserializer = FromWord<E>;

    fn into_deserializer(self) -> FromWord<E> {
        FromWord(self, PhantomData)
    }
}

struct FromWord<E>(Word, PhantomData<E>);

macro_rules! parsed {
    ($($deserialize:ident: $ty:ty => $visit:ident;)*) => {
        $(
            fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
                match self.0.0.parse::<$ty>() {
                    Ok(value) => visitor.$visit(value),
                    // Its visitor says what it expects.
                    Err(_) => visitor.visit_str(&self.0.0),
                }
            }
        )*
    };
}

impl<'de, E: de::Error> Deserializer<'de> for FromWord<E> {
    type Error = E;

    parsed! {
        deserialize_bool: bool => visit_bool;
        deserialize_i8: i64 => visit_i64;
        deserialize_i16: i64 => visit_i64;
        deserialize_i32: i64 => visit_i64;
        deserialize_i64: i64 => visit_i64;
        deserialize_i128: i128 => visit_i128;
        deserialize_u8: u64 => visit_u64;
        deserialize_u16: u64 => visit_u64;
        deserialize_u32: u64 => visit_u64;
        deserialize_u64: u64 => visit_u64;
        deserialize_u128: u128 => visit_u128;
        deserialize_f32: f64 => visit_f64;
        deserialize_f64: f64 => visit_f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let word = &self.0;
        if let Some(list) = word.list() {
            let mut elements = SeqDeserializer::new(list.into_iter());
            let value = visitor.visit_seq(&mut elements)?;
            return elements.end().map(|()| value);
        }
        if let Ok(value) = word.0.parse() {
            return visitor.visit_bool(value);
        }
        if let Ok(value) = word.0.parse() {
            return visitor.visit_i64(value);
        }
        match word.0.parse() {
            Ok(value) => visitor.visit_f64(value),
            Err(_) => visitor.visit_str(word.unquoted()),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.0.unquoted())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.0.unquoted())
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.0.unquoted())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(self.0.unquoted().into_deserializer())
    }

    forward_to_deserialize_any! {
        bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(feature = "clap")]
mod clap {
    use core::marker::PhantomData;
    use std::boxed::Box;
    use std::ffi::OsStr;
    use std::string::String;
    use std::vec::Vec;

    use clap::builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory};
    use clap::{Arg, Command, Error};

    use super::super::maker::{choices, parameters_of};
    use crate::{Configurable, Configured};

    impl<I: ?Sized + Configurable> ValueParserFactory for Configured<I> {
        type Parser = ConfiguredParser<I>;

        fn value_parser() -> ConfiguredParser<I> {
            ConfiguredParser(PhantomData)
        }
    }

    /// Reads a plugin's name and parameters from the command line: `blur:radius=3,edges=wrap`. `--help` shows
    /// the names, the first line of each plugin's docs, and its parameters; with the feature `schema`, their
    /// defaults too.
    pub struct ConfiguredParser<I: ?Sized>(PhantomData<fn() -> PhantomData<I>>);

    impl<I: ?Sized> Clone for ConfiguredParser<I> {
        fn clone(&self) -> Self {
            Self(PhantomData)
        }
    }

    impl<I: ?Sized + Configurable> TypedValueParser for ConfiguredParser<I> {
        type Value = Configured<I>;

        fn parse_ref(
            &self,
            command: &Command,
            argument: Option<&Arg>,
            value: &OsStr,
        ) -> Result<Configured<I>, Error> {
            let parser = StringValueParser::new().try_map(|text: String| text.parse());
            parser.parse_ref(command, argument, value)
        }

        fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
            let values = choices::<I>().into_iter().map(|(text, info)| {
                let value = PossibleValue::new(text);
                let parameters =
                    parameters_of(info).map(|parameters| std::format!("Parameters: {parameters}."));
                let docs = info.docs().lines().next().map(String::from);
                let parts: Vec<_> = docs.into_iter().chain(parameters).collect();
                if parts.is_empty() {
                    return value;
                }
                value.help(parts.join(" "))
            });
            Some(Box::new(values))
        }
    }
}

#[cfg(feature = "clap")]
pub use self::clap::ConfiguredParser;
