//! Writes a [`Configured`] in any format of serde.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::maker::text_of;
use super::value::Described;
use super::{Configurable, Configured};

/// Writes what the object was made from: a name or a map; or a pair, if the format is not human-readable.
impl<I: ?Sized + Configurable> Serialize for Configured<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = text_of::<I>(self.plugin);
        if !serializer.is_human_readable() {
            return (name, &self.parameters).serialize(serializer);
        }
        let Some(parameters) = &self.parameters else {
            return serializer.serialize_str(name);
        };
        let mut map = serializer.serialize_map(Some(1 + parameters.len()))?;
        map.serialize_entry(I::TAG, name)?;
        for (parameter, value) in parameters {
            map.serialize_entry(parameter, &Described(value))?;
        }
        map.end()
    }
}
