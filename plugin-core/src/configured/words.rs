//! Reads and writes a [`Configured`] as one argument of a command line: `blur:radius=3,edges=wrap`.

use core::fmt::{self, Display};
use core::marker::PhantomData;
use core::str::FromStr;
use std::borrow::Cow;
use std::string::String;
use std::vec::Vec;

use serde::de::value::{Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::maker::text_of;
use super::read::Found;
use super::value::{Content, Value};
use super::{Configurable, Configured};

/// Reads a name, or a name and parameters: `blur:radius=3,edges=wrap`.
///
/// A value is a number or a text, as the plugin's type expects; a variant without fields; a list, `[1,2]`; or a
/// map, `{size=3,weights=[1,2]}`. Commas within brackets, braces, or double quotes do not end a value. Quotes around a
/// text are removed; in them, write a backslash before a quote or a backslash.
impl<I: ?Sized + Configurable> FromStr for Configured<I> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, parameters) = match colon(text) {
            None => return Found::of::<Error>(text)?.make_of_kept(None),
            Some(at) => (&text[..at], &text[at + 1..]),
        };
        let found = Found::of::<Error>(name)?;
        let entries = entries(parameters)?;
        found.make_of(None, MapDeserializer::new(entries.into_iter()), false)
    }
}

/// Writes the text that [`FromStr`] reads: the name, and the parameters that the object was made from.
impl<I: ?Sized + Configurable> Display for Configured<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(text_of::<I>(self.plugin))?;
        let parameters = self.parameters.iter().flatten();
        for (index, (name, value)) in parameters.filter(|(_, value)| is_given(value)).enumerate() {
            let before = if index == 0 { ':' } else { ',' };
            write!(formatter, "{before}{name}={}", Written(value))?;
        }
        Ok(())
    }
}

/// A value, as a word.
struct Written<'a>(&'a Value);

impl Display for Written<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Unit | Value::None => Ok(()),
            Value::Bool(value) => Display::fmt(value, formatter),
            Value::Signed(value) => Display::fmt(value, formatter),
            Value::Unsigned(value) => Display::fmt(value, formatter),
            Value::WideSigned(value) => Display::fmt(value, formatter),
            Value::WideUnsigned(value) => Display::fmt(value, formatter),
            Value::Single(value) => Display::fmt(value, formatter),
            Value::Double(value) => Display::fmt(value, formatter),
            Value::Char(value) => text(value.encode_utf8(&mut [0; 4]), formatter),
            Value::Text(value) => text(value, formatter),
            Value::Bytes(bytes) => list(bytes, formatter),
            Value::Some(value) | Value::Newtype(_, value) => Self(value).fmt(formatter),
            Value::Seq(values) => list(values.iter().map(Written), formatter),
            Value::Map(entries) => {
                let entries = entries.iter();
                map(entries.map(|(key, value)| (Written(key), value)), formatter)
            }
            Value::Struct(_, fields) => {
                map(fields.iter().map(|(name, value)| (name, value)), formatter)
            }
            Value::Variant(_, _, name, content) => match content {
                Content::Unit => formatter.write_str(name),
                Content::Newtype(value) => map([(name, &**value)].into_iter(), formatter),
                Content::Tuple(values) => {
                    write!(formatter, "{{{name}=")?;
                    list(values.iter().map(Written), formatter)?;
                    formatter.write_str("}")
                }
                Content::Struct(fields) => {
                    write!(formatter, "{{{name}=")?;
                    map(fields.iter().map(|(name, value)| (name, value)), formatter)?;
                    formatter.write_str("}")
                }
            },
        }
    }
}

fn list<T: Display>(
    values: impl IntoIterator<Item = T>,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    formatter.write_str("[")?;
    for (index, value) in values.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(formatter, "{comma}{value}")?;
    }
    formatter.write_str("]")
}

fn map<'a, K: Display>(
    entries: impl Iterator<Item = (K, &'a Value)>,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    formatter.write_str("{")?;
    for (index, (key, value)) in entries.filter(|(_, value)| is_given(value)).enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(formatter, "{comma}{key}={}", Written(value))?;
    }
    formatter.write_str("}")
}

/// Nothing has no word: a type reads it where there is none.
fn is_given(value: &Value) -> bool {
    !matches!(value, Value::None | Value::Unit)
}

/// In quotes where it would not be read as the same text.
fn text(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-./:+%@ ".contains(letter);
    let is_word = !text.is_empty() && text.trim() == text && text.chars().all(is_plain);
    if is_word {
        return formatter.write_str(text);
    }
    write!(
        formatter,
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"")
    )
}

/// Names and values with commas between them.
fn entries(text: &str) -> Result<Vec<(String, Word)>, Error> {
    let entry = |parameter: &str| {
        let Some((key, value)) = parameter.split_once('=') else {
            let message = "expected a parameter such as `radius=3`, found";
            return Err(Error::custom(std::format!("{message} `{parameter}`")));
        };
        Ok((String::from(key.trim()), Word(value.trim().into())))
    };
    parts(text).into_iter().map(entry).collect()
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

/// The text between commas, but for those within brackets, braces, and quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
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
    fn within(&self, open: char, close: char) -> Option<&str> {
        self.0.strip_prefix(open)?.strip_suffix(close)
    }

    /// The text, without quotes.
    fn text(&self) -> Cow<'_, str> {
        match self.within('"', '"') {
            None => Cow::Borrowed(&self.0),
            Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
            Some(inner) => {
                let mut letters = inner.chars();
                let next = || match letters.next()? {
                    '\\' => letters.next(),
                    letter => Some(letter),
                };
                Cow::Owned(core::iter::from_fn(next).collect())
            }
        }
    }

    fn list(&self) -> Option<Vec<Word>> {
        let words = parts(self.within('[', ']')?).into_iter();
        Some(words.map(|word| Word(word.trim().into())).collect())
    }

    /// A map, unless one of its parts is no entry.
    fn map(&self) -> Option<Vec<(String, Word)>> {
        entries(self.within('{', '}')?).ok()
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
        if let Some(map) = word.map() {
            let mut entries = MapDeserializer::new(map.into_iter());
            let value = visitor.visit_map(&mut entries)?;
            return entries.end().map(|()| value);
        }
        if let Ok(value) = word.0.parse() {
            return visitor.visit_bool(value);
        }
        if let Ok(value) = word.0.parse() {
            return visitor.visit_i64(value);
        }
        match word.0.parse() {
            Ok(value) => visitor.visit_f64(value),
            Err(_) => visitor.visit_str(&word.text()),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(&self.0.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(&self.0.text())
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(&self.0.text())
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
        match self.0.map() {
            Some(map) => {
                let entries = MapDeserializer::new(map.into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(entries))
            }
            None => visitor.visit_enum((&*self.0.text()).into_deserializer()),
        }
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

    use super::super::maker::{choices, offered, parameters_of};
    use crate::{Configurable, Configured};

    impl<I: ?Sized + Configurable> ValueParserFactory for Configured<I> {
        type Parser = ConfiguredParser<I>;

        fn value_parser() -> ConfiguredParser<I> {
            ConfiguredParser(PhantomData)
        }
    }

    /// Reads a plugin's name and parameters from a command line: `blur:radius=3,edges=wrap`.
    ///
    /// Clap uses it for each argument of the type [`Configured`]; you need not name it. `--help` lists the names, the first
    /// line of each plugin's docs, and its parameters; with the feature `schema`, also their defaults.
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
            let dropped_in = offered::<I>().into_iter().map(|info| (info.name(), info));
            let all = choices::<I>().into_iter().chain(dropped_in);
            Some(Box::new(all.map(|(text, info)| {
                let value = PossibleValue::new(text);
                let parameters =
                    parameters_of(info).map(|parameters| std::format!("Parameters: {parameters}."));
                let docs = info.docs().lines().next().map(String::from);
                let parts: Vec<_> = docs.into_iter().chain(parameters).collect();
                if parts.is_empty() {
                    return value;
                }
                value.help(parts.join(" "))
            })))
        }
    }
}

#[cfg(feature = "clap")]
pub use self::clap::ConfiguredParser;
