//! Codecs in a row.

use std::error::Error;
use std::fmt::{self, Display};
use std::io::{self, Read};
use std::ops::Deref;
use std::str::FromStr;

use icodec::{Configured, ICodec, Maker, Plugin, Sink, configurables};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::dropins;

/// One codec of a pipeline.
pub(crate) enum Stage {
    /// A codec of this program, made of its parameters.
    Made(Configured<dyn ICodec>),
    /// A codec of a library in one of the directories. It has no parameters.
    DroppedIn(&'static Plugin<dyn ICodec>),
}

impl Stage {
    /// The codec of the highest priority, with its defaults.
    pub(crate) fn preferred() -> Result<Self, String> {
        let first = configurables::<dyn ICodec>().sorted().first();
        let first = first.ok_or("there is no codec in this program")?;
        Self::default_of(first)
    }

    pub(crate) fn default_of(
        maker: &'static Plugin<dyn Maker<dyn ICodec>>,
    ) -> Result<Self, String> {
        let made = maker.make_default();
        made.map(Self::Made).map_err(|error| error.to_string())
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Made(codec) => Configured::info(codec).name(),
            Self::DroppedIn(codec) => codec.info.name(),
        }
    }

    /// The parameters that were given, as on the command line.
    pub(crate) fn parameters(&self) -> String {
        let written = serde_json::to_value(self).unwrap_or_default();
        let parameters = written.as_object().into_iter().flatten();
        let parameters = parameters.filter(|(name, _)| *name != "use");
        let words = parameters.map(|(name, value)| match value {
            Value::String(text) => format!("{name}={text}"),
            value => format!("{name}={value}"),
        });
        words.collect::<Vec<_>>().join(",")
    }
}

impl Deref for Stage {
    type Target = dyn ICodec;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Made(codec) => &**codec,
            Self::DroppedIn(codec) => codec.object,
        }
    }
}

/// As on the command line: `zstd:level=19`.
impl FromStr for Stage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(codec) = dropins::find(text)? {
            return Ok(Self::DroppedIn(codec));
        }
        let made = text.parse();
        made.map(Self::Made)
            .map_err(|error: serde::de::value::Error| error.to_string())
    }
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameOrMap)
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Made(codec) => codec.serialize(serializer),
            Self::DroppedIn(codec) => dropins::text_of(codec).serialize(serializer),
        }
    }
}

/// A name may be that of a drop-in. A map goes on as it is, so that errors keep their place.
struct NameOrMap;

impl<'de> Visitor<'de> for NameOrMap {
    type Value = Stage;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of the codec, or a map with the key `use`")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Stage, E> {
        match dropins::find(name).map_err(E::custom)? {
            Some(codec) => Ok(Stage::DroppedIn(codec)),
            None => Configured::deserialize(StrDeserializer::new(name)).map(Stage::Made),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Stage, A::Error> {
        Configured::deserialize(MapAccessDeserializer::new(map)).map(Stage::Made)
    }
}

/// Writes to `behind` what the stages make of what is written, the first stage first.
pub(crate) fn encoder<'s>(
    stages: &[Stage],
    behind: Box<dyn Sink + 's>,
) -> io::Result<Box<dyn Sink + 's>> {
    let mut stages = stages.iter().rev();
    stages.try_fold(behind, |behind, stage| stage.encoder(behind))
}

/// Reads what the stages were given to make `source`.
pub(crate) fn decoder<'s>(
    stages: &[Stage],
    source: Box<dyn Read + 's>,
) -> io::Result<Box<dyn Read + 's>> {
    let source: Box<dyn Read> = Box::new(Blaming {
        reader: source,
        codec: None,
    });
    stages.iter().rev().try_fold(source, |source, stage| {
        let codec = Some(stage.name());
        let reader = stage.decoder(source);
        let reader = reader.map_err(|error| Blame::of(codec, error))?;
        let reader: Box<dyn Read> = Box::new(Blaming { reader, codec });
        Ok(reader)
    })
}

/// Knows whose error it is, when there are readers behind readers.
struct Blaming<'s> {
    reader: Box<dyn Read + 's>,
    codec: Option<&'static str>,
}

impl Read for Blaming<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer);
        count.map_err(|error| Blame::of(self.codec, error))
    }
}

/// An error of a codec, or of the source if there is none.
#[derive(Debug)]
struct Blame {
    codec: Option<&'static str>,
    error: io::Error,
}

impl Blame {
    /// What a codec does not like in its source is damage, whatever it says.
    fn of(codec: Option<&'static str>, error: io::Error) -> io::Error {
        let inner = error.get_ref();
        let is_known = inner.is_some_and(<dyn Error + Send + Sync>::is::<Self>);
        let kind = match (error.kind(), codec) {
            (io::ErrorKind::Interrupted, _) => return error,
            _ if is_known => return error,
            (kind @ io::ErrorKind::OutOfMemory, _) | (kind, None) => kind,
            (_, Some(_)) => io::ErrorKind::InvalidData,
        };
        io::Error::new(kind, Self { codec, error })
    }
}

impl Display for Blame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { codec, error } = self;
        match codec {
            Some(codec) => write!(formatter, "{codec}: {error}"),
            None => write!(formatter, "it cannot be read: {error}"),
        }
    }
}

impl Error for Blame {}
