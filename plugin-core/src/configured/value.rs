//! The parameters from which an object was made, in the same form for all formats.

use core::marker::PhantomData;
use std::borrow::Cow;
use std::boxed::Box;
use std::string::String;
use std::vec::{self, Vec};

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, Unexpected, VariantAccess,
    Visitor,
};
use serde::ser::{
    Serialize, SerializeMap as _, SerializeStruct as _, SerializeStructVariant as _,
    SerializeTupleVariant as _, Serializer,
};
use serde::{Deserialize, forward_to_deserialize_any};

/// A name of the program's own, or one that was read from bytes.
pub(super) type Name = Cow<'static, str>;

/// A parameter as a format has described it to the plugin's type.
///
/// Derived are the ways to and from formats that do not describe what they hold.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) enum Value {
    Unit,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    WideSigned(i128),
    WideUnsigned(u128),
    Single(f32),
    Double(f64),
    Char(char),
    Text(String),
    Bytes(Vec<u8>),
    None,
    Some(Box<Value>),
    Newtype(Name, Box<Value>),
    Seq(Vec<Value>),
    Map(Vec<(Value, Value)>),
    Struct(Name, Vec<(Name, Value)>),
    Variant(Name, u32, Name, Content),
}

/// What a variant of an enum holds.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) enum Content {
    Unit,
    Newtype(Box<Value>),
    Tuple(Vec<Value>),
    Struct(Vec<(Name, Value)>),
}

/// A value in a format that says what it holds.
pub(super) struct Described<'a>(pub(super) &'a Value);

impl Serialize for Described<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Unit => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Signed(value) => serializer.serialize_i64(*value),
            Value::Unsigned(value) => serializer.serialize_u64(*value),
            Value::WideSigned(value) => serializer.serialize_i128(*value),
            Value::WideUnsigned(value) => serializer.serialize_u128(*value),
            Value::Single(value) => serializer.serialize_f32(*value),
            Value::Double(value) => serializer.serialize_f64(*value),
            Value::Char(value) => serializer.serialize_char(*value),
            Value::Text(value) => serializer.serialize_str(value),
            Value::Bytes(value) => serializer.serialize_bytes(value),
            Value::None => serializer.serialize_none(),
            Value::Some(value) => serializer.serialize_some(&Described(value)),
            Value::Newtype(Cow::Borrowed(name), value) => {
                serializer.serialize_newtype_struct(name, &Described(value))
            }
            Value::Newtype(_, value) => Described(value).serialize(serializer),
            Value::Seq(values) => serializer.collect_seq(values.iter().map(Described)),
            Value::Map(entries) => {
                let entries = entries.iter();
                serializer
                    .collect_map(entries.map(|(key, value)| (Described(key), Described(value))))
            }
            Value::Struct(Cow::Borrowed(name), fields) => {
                let mut writer = serializer.serialize_struct(name, fields.len())?;
                for (name, value) in fields {
                    if let Cow::Borrowed(name) = name {
                        writer.serialize_field(name, &Described(value))?;
                    }
                }
                writer.end()
            }
            Value::Struct(_, fields) => {
                let fields = fields.iter();
                serializer.collect_map(fields.map(|(name, value)| (name, Described(value))))
            }
            Value::Variant(Cow::Borrowed(ty), index, Cow::Borrowed(name), content) => {
                variant(serializer, (ty, *index, name), content)
            }
            Value::Variant(_, _, name, Content::Unit) => serializer.serialize_str(name),
            Value::Variant(_, _, name, content) => {
                let mut map = serializer.serialize_map(Some(1))?;
                match content {
                    Content::Unit => map.serialize_entry(name, &())?,
                    Content::Newtype(value) => map.serialize_entry(name, &Described(value))?,
                    Content::Tuple(values) => {
                        let values: Vec<_> = values.iter().map(Described).collect();
                        map.serialize_entry(name, &values)?;
                    }
                    Content::Struct(fields) => {
                        let fields = Value::Struct(Cow::Owned(String::new()), fields.clone());
                        map.serialize_entry(name, &Described(&fields))?;
                    }
                }
                map.end()
            }
        }
    }
}

fn variant<S: Serializer>(
    serializer: S,
    (ty, index, name): (&'static str, u32, &'static str),
    content: &Content,
) -> Result<S::Ok, S::Error> {
    match content {
        Content::Unit => serializer.serialize_unit_variant(ty, index, name),
        Content::Newtype(value) => {
            serializer.serialize_newtype_variant(ty, index, name, &Described(value))
        }
        Content::Tuple(values) => {
            let mut writer = serializer.serialize_tuple_variant(ty, index, name, values.len())?;
            for value in values {
                writer.serialize_field(&Described(value))?;
            }
            writer.end()
        }
        Content::Struct(fields) => {
            let mut writer = serializer.serialize_struct_variant(ty, index, name, fields.len())?;
            for (name, value) in fields {
                if let Cow::Borrowed(name) = name {
                    writer.serialize_field(name, &Described(value))?;
                }
            }
            writer.end()
        }
    }
}

impl<E: Error> IntoDeserializer<'_, E> for Value {
    type Deserializer = FromValue<E>;

    fn into_deserializer(self) -> FromValue<E> {
        FromValue(self, PhantomData)
    }
}

/// Reads a value again.
pub(super) struct FromValue<E>(Value, PhantomData<E>);

impl<E> FromValue<E> {
    fn of(value: Value) -> Self {
        Self(value, PhantomData)
    }
}

impl<'de, E: Error> Deserializer<'de> for FromValue<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Value::Unit => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Signed(value) => visitor.visit_i64(value),
            Value::Unsigned(value) => visitor.visit_u64(value),
            Value::WideSigned(value) => visitor.visit_i128(value),
            Value::WideUnsigned(value) => visitor.visit_u128(value),
            Value::Single(value) => visitor.visit_f32(value),
            Value::Double(value) => visitor.visit_f64(value),
            Value::Char(value) => visitor.visit_char(value),
            Value::Text(value) => visitor.visit_string(value),
            Value::Bytes(value) => visitor.visit_byte_buf(value),
            Value::None => visitor.visit_none(),
            Value::Some(value) => visitor.visit_some(Self::of(*value)),
            Value::Newtype(_, value) => visitor.visit_newtype_struct(Self::of(*value)),
            Value::Seq(values) => seq(values, visitor),
            Value::Map(entries) => map(entries, visitor),
            Value::Struct(_, fields) => map(fields, visitor),
            Value::Variant(_, _, name, content) => {
                visitor.visit_enum(AsEnum(name, content, PhantomData))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Value::None | Value::Unit => visitor.visit_none(),
            Value::Some(value) => visitor.visit_some(Self::of(*value)),
            value => visitor.visit_some(Self::of(value)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.0 {
            Value::Newtype(_, value) => visitor.visit_newtype_struct(Self::of(*value)),
            value => visitor.visit_newtype_struct(Self::of(value)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.0 {
            Value::Text(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Map(entries) => {
                let entries = MapDeserializer::new(entries.into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(entries))
            }
            value => Self::of(value).deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

fn seq<'de, V: Visitor<'de>, E: Error>(values: Vec<Value>, visitor: V) -> Result<V::Value, E> {
    let mut access = SeqDeserializer::new(values.into_iter());
    let value = visitor.visit_seq(&mut access)?;
    access.end().map(|()| value)
}

fn map<'de, V: Visitor<'de>, K: IntoDeserializer<'de, E>, E: Error>(
    entries: Vec<(K, Value)>,
    visitor: V,
) -> Result<V::Value, E> {
    let mut access: MapDeserializer<'de, vec::IntoIter<(K, Value)>, E> =
        MapDeserializer::new(entries.into_iter());
    let value = visitor.visit_map(&mut access)?;
    access.end().map(|()| value)
}

struct AsEnum<E>(Name, Content, PhantomData<E>);

impl<'de, E: Error> EnumAccess<'de> for AsEnum<E> {
    type Error = E;
    type Variant = AsVariant<E>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, AsVariant<E>), E> {
        let name = seed.deserialize(self.0.into_deserializer())?;
        Ok((name, AsVariant(self.1, PhantomData)))
    }
}

struct AsVariant<E>(Content, PhantomData<E>);

impl<E: Error> AsVariant<E> {
    fn refused(&self, expected: &str) -> E {
        let found = match self.0 {
            Content::Unit => Unexpected::UnitVariant,
            Content::Newtype(_) => Unexpected::NewtypeVariant,
            Content::Tuple(_) => Unexpected::TupleVariant,
            Content::Struct(_) => Unexpected::StructVariant,
        };
        E::invalid_type(found, &expected)
    }
}

impl<'de, E: Error> VariantAccess<'de> for AsVariant<E> {
    type Error = E;

    fn unit_variant(self) -> Result<(), E> {
        match self.0 {
            Content::Unit => Ok(()),
            _ => Err(self.refused("a unit variant")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, E> {
        match self.0 {
            Content::Newtype(value) => seed.deserialize(FromValue::of(*value)),
            _ => Err(self.refused("a variant of one value")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Content::Tuple(values) => seq(values, visitor),
            _ => Err(self.refused("a variant of several values")),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.0 {
            Content::Struct(fields) => map(fields, visitor),
            _ => Err(self.refused("a variant with fields")),
        }
    }
}

/// Reads anything, and keeps nothing of it: the bridge keeps it.
pub(super) struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

macro_rules! scalars {
    ($($visit:ident: $ty:ty)*) => {
        $(
            fn $visit<E: Error>(self, _: $ty) -> Result<Self, E> {
                Ok(self)
            }
        )*
    };
}

impl<'de> Visitor<'de> for Anything {
    type Value = Self;

    fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("a value")
    }

    scalars! {
        visit_bool: bool visit_i64: i64 visit_u64: u64 visit_i128: i128 visit_u128: u128
        visit_f64: f64 visit_str: &str visit_bytes: &[u8]
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_none<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut access: A) -> Result<Self, A::Error> {
        while access.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut access: A) -> Result<Self, A::Error> {
        while access.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self, A::Error> {
        access.variant::<Self>()?.1.newtype_variant()
    }
}
