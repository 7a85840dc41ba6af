//! A parameter that most codecs have.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How much work is spent: a number from `MIN` to `MAX`, and `DEFAULT` unless one is given.
///
/// A number outside is refused while the configuration is read, and an editor knows the limits from the schema.
///
/// ```
/// use icodec::Level;
///
/// assert_eq!(Level::<1, 22, 3>::default().get(), 3);
/// let error = serde_json::from_str::<Level<1, 22, 3>>("23").unwrap_err();
/// assert!(error.to_string().starts_with("a level is a number from 1 to 22, and not 23"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level<const MIN: u8, const MAX: u8, const DEFAULT: u8>(u8);

impl<const MIN: u8, const MAX: u8, const DEFAULT: u8> Level<MIN, MAX, DEFAULT> {
    /// The number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl<const MIN: u8, const MAX: u8, const DEFAULT: u8> Default for Level<MIN, MAX, DEFAULT> {
    fn default() -> Self {
        Self(DEFAULT)
    }
}

impl<'de, const MIN: u8, const MAX: u8, const DEFAULT: u8> Deserialize<'de>
    for Level<MIN, MAX, DEFAULT>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let level = i64::deserialize(deserializer)?;
        match u8::try_from(level) {
            Ok(number) if (MIN..=MAX).contains(&number) => Ok(Self(number)),
            _ => Err(D::Error::custom(format_args!(
                "a level is a number from {MIN} to {MAX}, and not {level}"
            ))),
        }
    }
}

impl<const MIN: u8, const MAX: u8, const DEFAULT: u8> Serialize for Level<MIN, MAX, DEFAULT> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<const MIN: u8, const MAX: u8, const DEFAULT: u8> JsonSchema for Level<MIN, MAX, DEFAULT> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Level{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}
