//! Connects a format, which only the program knows, to a type, which only the plugin's crate knows, by trait objects.
//!
//! An error of the format stays with the format, which then knows its place; what crosses is that there is
//! one. An error of the type becomes one of the format where it arises, so that the format adds the place.
//! On its way, each value is recorded.

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::fmt;
use std::boxed::Box;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use serde::forward_to_deserialize_any;

use super::fault::{At, Fault};
use super::value::{Content, Name, Value};

/// Not public API. Used by generated code.
///
/// A value of a format, before it is read.
pub trait Source<'de> {
    fn read(&mut self, hint: Hint, sink: &mut dyn Sink<'de>) -> Result<(), Fault>;
    fn is_human_readable(&self) -> bool;
}

/// Not public API. Used by generated code.
///
/// What reads one value: a type's visitor.
pub trait Sink<'de> {
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result;
    fn scalar(&mut self, scalar: Scalar<'_, 'de>) -> Result<(), Fault>;
    fn some(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault>;
    fn newtype(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault>;
    fn seq(&mut self, elements: &mut dyn Elements<'de>) -> Result<(), Fault>;
    fn map(&mut self, entries: &mut dyn Entries<'de>) -> Result<(), Fault>;
    fn choice(&mut self, choice: &mut dyn Choice<'de>) -> Result<(), Fault>;
}

/// Not public API. Used by generated code.
///
/// What will read a value.
pub trait Seed<'de> {
    fn read(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault>;
}

/// Not public API. Used by generated code.
pub trait Elements<'de> {
    /// Whether there was one more.
    fn next(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, Fault>;
    fn size_hint(&self) -> Option<usize>;
}

/// Not public API. Used by generated code.
pub trait Entries<'de> {
    /// The type has these fields.
    fn expect(&mut self, _known: &'static [&'static str]) {}
    /// Whether there was one more.
    fn key(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, Fault>;
    fn value(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault>;
    fn size_hint(&self) -> Option<usize>;
}

/// Not public API. Used by generated code.
///
/// An enum: first its variant, and then what the variant holds.
pub trait Choice<'de> {
    fn variant(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault>;
    fn unit(&mut self) -> Result<(), Fault>;
    fn newtype(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault>;
    fn fields(&mut self, fields: Fields, sink: &mut dyn Sink<'de>) -> Result<(), Fault>;
}

/// Not public API. Used by generated code.
#[derive(Clone, Copy)]
pub enum Fields {
    Tuple(usize),
    Struct(&'static [&'static str]),
}

/// Not public API. Used by generated code.
pub enum Scalar<'a, 'de> {
    Unit,
    None,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    WideSigned(i128),
    WideUnsigned(u128),
    Single(f32),
    Double(f64),
    Char(char),
    Str(&'a str),
    BorrowedStr(&'de str),
    String(String),
    Bytes(&'a [u8]),
    BorrowedBytes(&'de [u8]),
    ByteBuf(Vec<u8>),
}

impl Scalar<'_, '_> {
    #[expect(clippy::match_same_arms, reason = "two lifetimes are two types")]
    fn to_value(&self) -> Value {
        match self {
            Self::Unit => Value::Unit,
            Self::None => Value::None,
            Self::Bool(value) => Value::Bool(*value),
            Self::Signed(value) => Value::Signed(*value),
            Self::Unsigned(value) => Value::Unsigned(*value),
            Self::WideSigned(value) => Value::WideSigned(*value),
            Self::WideUnsigned(value) => Value::WideUnsigned(*value),
            Self::Single(value) => Value::Single(*value),
            Self::Double(value) => Value::Double(*value),
            Self::Char(value) => Value::Char(*value),
            Self::Str(value) => Value::Text((*value).to_string()),
            Self::BorrowedStr(value) => Value::Text((*value).to_string()),
            Self::String(value) => Value::Text(value.clone()),
            Self::Bytes(value) => Value::Bytes(value.to_vec()),
            Self::BorrowedBytes(value) => Value::Bytes(value.to_vec()),
            Self::ByteBuf(value) => Value::Bytes(value.clone()),
        }
    }
}

/// Declares [`Hint`], and both ways: from a type's request to it, and from it to a format's.
macro_rules! hints {
    ($($hint:ident $(($($value:ident: $ty:ty),*))?: $deserialize:ident;)*) => {
        /// Not public API. Used by generated code.
        ///
        /// What a type expects.
        #[derive(Clone, Copy)]
        pub enum Hint {
            $($hint $(($($ty),*))?,)*
        }

        impl Hint {
            fn ask<'de, D: Deserializer<'de>>(
                self,
                format: D,
                visitor: Recorder<'_, 'de>,
            ) -> Result<(), D::Error> {
                match self {
                    $(Self::$hint $(($($value),*))? => format.$deserialize($($($value,)*)? visitor),)*
                }
            }
        }

        impl<'de, 'a> Deserializer<'de> for &'a mut (dyn Source<'de> + 'a) {
            type Error = Fault;

            fn is_human_readable(&self) -> bool {
                (**self).is_human_readable()
            }

            $(
                fn $deserialize<V: Visitor<'de>>(
                    self,
                    $($($value: $ty,)*)?
                    visitor: V,
                ) -> Result<V::Value, Fault> {
                    let mut once = Once::of(visitor);
                    self.read(Hint::$hint $(($($value),*))?, &mut once)?;
                    once.made()
                }
            )*
        }
    };
}

hints! {
    Any: deserialize_any;
    Bool: deserialize_bool;
    I8: deserialize_i8;
    I16: deserialize_i16;
    I32: deserialize_i32;
    I64: deserialize_i64;
    I128: deserialize_i128;
    U8: deserialize_u8;
    U16: deserialize_u16;
    U32: deserialize_u32;
    U64: deserialize_u64;
    U128: deserialize_u128;
    F32: deserialize_f32;
    F64: deserialize_f64;
    Char: deserialize_char;
    Str: deserialize_str;
    String: deserialize_string;
    Bytes: deserialize_bytes;
    ByteBuf: deserialize_byte_buf;
    Option: deserialize_option;
    Unit: deserialize_unit;
    UnitStruct(name: &'static str): deserialize_unit_struct;
    Newtype(name: &'static str): deserialize_newtype_struct;
    Seq: deserialize_seq;
    Tuple(len: usize): deserialize_tuple;
    TupleStruct(name: &'static str, len: usize): deserialize_tuple_struct;
    Map: deserialize_map;
    Struct(name: &'static str, fields: &'static [&'static str]): deserialize_struct;
    Enum(name: &'static str, variants: &'static [&'static str]): deserialize_enum;
    Identifier: deserialize_identifier;
    Ignored: deserialize_ignored_any;
}

// The type's side.

/// A visitor or a seed, and then what it has made.
struct Once<T, M> {
    maker: Option<T>,
    made: Option<M>,
}

impl<T, M> Once<T, M> {
    fn of(maker: T) -> Self {
        Self {
            maker: Some(maker),
            made: None,
        }
    }

    fn make(&mut self, make: impl FnOnce(T) -> Result<M, Fault>) -> Result<(), Fault> {
        let maker = self.maker.take().ok_or(Fault::KEPT)?;
        self.made = Some(make(maker)?);
        Ok(())
    }

    fn made(self) -> Result<M, Fault> {
        self.made.ok_or(Fault::KEPT)
    }
}

impl<'de, V: Visitor<'de>> Sink<'de> for Once<V, V::Value> {
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.maker {
            Some(visitor) => visitor.expecting(formatter),
            None => Ok(()),
        }
    }

    fn scalar(&mut self, scalar: Scalar<'_, 'de>) -> Result<(), Fault> {
        self.make(|visitor| match scalar {
            Scalar::Unit => visitor.visit_unit(),
            Scalar::None => visitor.visit_none(),
            Scalar::Bool(value) => visitor.visit_bool(value),
            Scalar::Signed(value) => visitor.visit_i64(value),
            Scalar::Unsigned(value) => visitor.visit_u64(value),
            Scalar::WideSigned(value) => visitor.visit_i128(value),
            Scalar::WideUnsigned(value) => visitor.visit_u128(value),
            Scalar::Single(value) => visitor.visit_f32(value),
            Scalar::Double(value) => visitor.visit_f64(value),
            Scalar::Char(value) => visitor.visit_char(value),
            Scalar::Str(value) => visitor.visit_str(value),
            Scalar::BorrowedStr(value) => visitor.visit_borrowed_str(value),
            Scalar::String(value) => visitor.visit_string(value),
            Scalar::Bytes(value) => visitor.visit_bytes(value),
            Scalar::BorrowedBytes(value) => visitor.visit_borrowed_bytes(value),
            Scalar::ByteBuf(value) => visitor.visit_byte_buf(value),
        })
    }

    fn some(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault> {
        self.make(|visitor| visitor.visit_some(source))
    }

    fn newtype(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault> {
        self.make(|visitor| visitor.visit_newtype_struct(source))
    }

    fn seq(&mut self, elements: &mut dyn Elements<'de>) -> Result<(), Fault> {
        self.make(|visitor| visitor.visit_seq(Erased(elements)))
    }

    fn map(&mut self, entries: &mut dyn Entries<'de>) -> Result<(), Fault> {
        self.make(|visitor| visitor.visit_map(Erased(entries)))
    }

    fn choice(&mut self, choice: &mut dyn Choice<'de>) -> Result<(), Fault> {
        self.make(|visitor| visitor.visit_enum(Erased(choice)))
    }
}

impl<'de, S: DeserializeSeed<'de>> Seed<'de> for Once<S, S::Value> {
    fn read(&mut self, source: &mut dyn Source<'de>) -> Result<(), Fault> {
        self.make(|seed| seed.deserialize(source))
    }
}

/// An access of a format, as the type sees it.
pub(super) struct Erased<'a, T: ?Sized>(pub(super) &'a mut T);

impl<'de> SeqAccess<'de> for Erased<'_, dyn Elements<'de> + '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let mut once = Once::of(seed);
        if self.0.next(&mut once)? {
            return once.made().map(Some);
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

/// The parameters, which are a map whatever the type expects.
impl<'de> Deserializer<'de> for Erased<'_, dyn Entries<'de> + '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.0.expect(fields);
        visitor.visit_map(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        MapAccessDeserializer::new(self).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Erased<'_, dyn Entries<'de> + '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let mut once = Once::of(seed);
        if self.0.key(&mut once)? {
            return once.made().map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let mut once = Once::of(seed);
        self.0.value(&mut once)?;
        once.made()
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de> EnumAccess<'de> for Erased<'_, dyn Choice<'de> + '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let mut once = Once::of(seed);
        self.0.variant(&mut once)?;
        Ok((once.made()?, self))
    }
}

impl<'de> Erased<'_, dyn Choice<'de> + '_> {
    fn fields<V: Visitor<'de>>(self, fields: Fields, visitor: V) -> Result<V::Value, Fault> {
        let mut once = Once::of(visitor);
        self.0.fields(fields, &mut once)?;
        once.made()
    }
}

impl<'de> VariantAccess<'de> for Erased<'_, dyn Choice<'de> + '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        self.0.unit()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        let mut once = Once::of(seed);
        self.0.newtype(&mut once)?;
        once.made()
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.fields(Fields::Tuple(len), visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.fields(Fields::Struct(fields), visitor)
    }
}

// The format's side.

/// A value that is read, or nothing if the type ignores it.
pub(super) type Record = Option<Value>;

/// A value of a format, and the format's error once there is one.
struct Format<'a, 'de, D: Deserializer<'de>> {
    value: Option<D>,
    error: Option<D::Error>,
    at: At<'a>,
    record: &'a mut Record,
}

impl<'a, 'de, D: Deserializer<'de>> Format<'a, 'de, D> {
    /// Has the value read.
    fn with(
        format: D,
        at: At<'a>,
        record: &'a mut Record,
        read: impl FnOnce(&mut dyn Source<'de>) -> Result<(), Fault>,
    ) -> Result<(), D::Error> {
        let mut source = Self {
            value: Some(format),
            error: None,
            at,
            record,
        };
        read(&mut source).map_err(|fault| fault.into_error(source.error, at))
    }
}

impl<'de, D: Deserializer<'de>> Source<'de> for Format<'_, 'de, D> {
    fn read(&mut self, hint: Hint, sink: &mut dyn Sink<'de>) -> Result<(), Fault> {
        let format = self.value.take().ok_or(Fault::KEPT)?;
        let recorder = Recorder {
            sink,
            hint,
            at: self.at,
            record: self.record,
        };
        keep(&mut self.error, hint.ask(format, recorder))
    }

    fn is_human_readable(&self) -> bool {
        self.value.as_ref().is_none_or(D::is_human_readable)
    }
}

/// Leaves the format's error with the format.
fn keep<T, E>(kept: &mut Option<E>, result: Result<T, E>) -> Result<T, Fault> {
    result.map_err(|error| {
        *kept = Some(error);
        Fault::KEPT
    })
}

/// A type's seed, as the format sees it.
pub(super) struct Bridge<'a, 'de> {
    pub(super) seed: &'a mut dyn Seed<'de>,
    pub(super) at: At<'a>,
    pub(super) record: &'a mut Record,
}

impl<'de> DeserializeSeed<'de> for Bridge<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        Format::with(format, self.at, self.record, |source| {
            self.seed.read(source)
        })
    }
}

/// Reads a value of this type, and records it.
pub(super) fn recorded<'de, T: Deserialize<'de>>(
    at: At<'_>,
) -> impl DeserializeSeed<'de, Value = Record> {
    struct Recorded<'a, T>(At<'a>, core::marker::PhantomData<T>);

    impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Recorded<'_, T> {
        type Value = Record;

        fn deserialize<D: Deserializer<'de>>(self, format: D) -> Result<Record, D::Error> {
            let mut record = None;
            let seed = &mut Once::of(core::marker::PhantomData::<T>);
            let bridge = Bridge {
                seed,
                at: self.0,
                record: &mut record,
            };
            bridge.deserialize(format)?;
            Ok(record)
        }
    }

    Recorded::<T>(at, core::marker::PhantomData)
}

/// A type's visitor, as the format sees it.
struct Recorder<'a, 'de> {
    sink: &'a mut dyn Sink<'de>,
    hint: Hint,
    at: At<'a>,
    record: &'a mut Record,
}

impl<'de> Recorder<'_, 'de> {
    fn scalar<E: serde::de::Error>(self, scalar: Scalar<'_, 'de>) -> Result<(), E> {
        if !matches!(self.hint, Hint::Ignored) {
            *self.record = Some(scalar.to_value());
        }
        let read = self.sink.scalar(scalar);
        read.map_err(|fault| fault.into_error(None, self.at))
    }
}

macro_rules! scalars {
    ($($visit:ident: $ty:ty => $scalar:ident;)*) => {
        $(
            fn $visit<E: serde::de::Error>(self, value: $ty) -> Result<(), E> {
                self.scalar(Scalar::$scalar(value.into()))
            }
        )*
    };
}

impl<'de> Visitor<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sink.expecting(formatter)?;
        write!(formatter, ", {}", self.at)
    }

    scalars! {
        visit_bool: bool => Bool;
        visit_i8: i8 => Signed;
        visit_i16: i16 => Signed;
        visit_i32: i32 => Signed;
        visit_i64: i64 => Signed;
        visit_i128: i128 => WideSigned;
        visit_u8: u8 => Unsigned;
        visit_u16: u16 => Unsigned;
        visit_u32: u32 => Unsigned;
        visit_u64: u64 => Unsigned;
        visit_u128: u128 => WideUnsigned;
        visit_f32: f32 => Single;
        visit_f64: f64 => Double;
        visit_char: char => Char;
        visit_str: &str => Str;
        visit_borrowed_str: &'de str => BorrowedStr;
        visit_string: String => String;
        visit_bytes: &[u8] => Bytes;
        visit_borrowed_bytes: &'de [u8] => BorrowedBytes;
        visit_byte_buf: Vec<u8> => ByteBuf;
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar(Scalar::Unit)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar(Scalar::None)
    }

    fn visit_some<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        let mut record = None;
        Format::with(format, self.at, &mut record, |source| {
            self.sink.some(source)
        })?;
        *self.record = record.map(|value| Value::Some(Box::new(value)));
        Ok(())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        let mut record = None;
        Format::with(format, self.at, &mut record, |source| {
            self.sink.newtype(source)
        })?;
        *self.record = match self.hint {
            Hint::Newtype(name) => record.map(|value| Value::Newtype(name.into(), Box::new(value))),
            _ => record,
        };
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut elements = Sequence {
            access,
            error: None,
            at: self.at,
            record: Vec::new(),
        };
        if let Err(fault) = self.sink.seq(&mut elements) {
            return Err(fault.into_error(elements.error, self.at));
        }
        *self.record = Some(Value::Seq(elements.record));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut entries = Mapping {
            access,
            error: None,
            at: self.at,
            key: None,
            record: Vec::new(),
        };
        if let Err(fault) = self.sink.map(&mut entries) {
            return Err(fault.into_error(entries.error, self.at));
        }
        *self.record = Some(match self.hint {
            Hint::Struct(name, fields) => match named(fields, entries.record) {
                Ok(fields) => Value::Struct(name.into(), fields),
                Err(entries) => Value::Map(entries),
            },
            _ => Value::Map(entries.record),
        });
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut choice = Enumeration {
            state: State::Access(access),
            error: None,
            at: self.at,
            name: None,
            content: None,
        };
        if let Err(fault) = self.sink.choice(&mut choice) {
            return Err(fault.into_error(choice.error, self.at));
        }
        let (name, content) = (choice.name, choice.content);
        *self.record = content.map(|content| variant(self.hint, name, content));
        Ok(())
    }
}

type Named = Vec<(Name, Value)>;

/// The entries of a struct, whose keys are names that the program knows.
fn named(
    fields: &[&'static str],
    entries: Vec<(Value, Value)>,
) -> Result<Named, Vec<(Value, Value)>> {
    let name = |key: &Value| match key {
        Value::Text(key) => fields.iter().copied().find(|field| field == key),
        _ => None,
    };
    if entries.iter().any(|(key, _)| name(key).is_none()) {
        return Err(entries);
    }
    let entries = entries.into_iter();
    Ok(entries
        .filter_map(|(key, value)| Some((name(&key)?.into(), value)))
        .collect())
}

fn variant(hint: Hint, name: Option<Value>, content: Content) -> Value {
    let Hint::Enum(ty, variants) = hint else {
        let name = match name {
            Some(Value::Text(name)) => name,
            _ => String::new(),
        };
        return Value::Variant(String::new().into(), 0, name.into(), content);
    };
    let is_it = |(index, variant): &(u32, &&'static str)| match &name {
        Some(Value::Text(name)) => *variant == name,
        Some(Value::Unsigned(number)) => u64::from(*index) == *number,
        _ => false,
    };
    match ((0..).zip(variants).find(is_it), name) {
        (Some((index, variant)), _) => Value::Variant(ty.into(), index, (*variant).into(), content),
        (None, Some(Value::Text(name))) => Value::Variant(ty.into(), 0, name.into(), content),
        (None, name) => Value::Variant(ty.into(), 0, std::format!("{name:?}").into(), content),
    }
}

struct Sequence<'a, 'de, A: SeqAccess<'de>> {
    access: A,
    error: Option<A::Error>,
    at: At<'a>,
    record: Vec<Value>,
}

impl<'de, A: SeqAccess<'de>> Elements<'de> for Sequence<'_, 'de, A> {
    fn next(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, Fault> {
        let mut record = None;
        let next = self.access.next_element_seed(Bridge {
            seed,
            at: self.at,
            record: &mut record,
        });
        let next = keep(&mut self.error, next)?.is_some();
        if next {
            self.record.push(record.unwrap_or(Value::Unit));
        }
        Ok(next)
    }

    fn size_hint(&self) -> Option<usize> {
        self.access.size_hint()
    }
}

struct Mapping<'a, 'de, A: MapAccess<'de>> {
    access: A,
    error: Option<A::Error>,
    at: At<'a>,
    key: Record,
    record: Vec<(Value, Value)>,
}

impl<'de, A: MapAccess<'de>> Entries<'de> for Mapping<'_, 'de, A> {
    fn key(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, Fault> {
        let next = self.access.next_key_seed(Bridge {
            seed,
            at: self.at,
            record: &mut self.key,
        });
        Ok(keep(&mut self.error, next)?.is_some())
    }

    fn value(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault> {
        let mut record = None;
        let value = self.access.next_value_seed(Bridge {
            seed,
            at: self.at,
            record: &mut record,
        });
        keep(&mut self.error, value)?;
        self.record.extend(self.key.take().zip(record));
        Ok(())
    }

    fn size_hint(&self) -> Option<usize> {
        self.access.size_hint()
    }
}

struct Enumeration<'a, 'de, A: EnumAccess<'de>> {
    state: State<A, A::Variant>,
    error: Option<A::Error>,
    at: At<'a>,
    name: Record,
    content: Option<Content>,
}

enum State<A, V> {
    Access(A),
    Variant(V),
    Spent,
}

impl<'de, A: EnumAccess<'de>> Enumeration<'_, 'de, A> {
    fn take(&mut self) -> Result<A::Variant, Fault> {
        match core::mem::replace(&mut self.state, State::Spent) {
            State::Variant(variant) => Ok(variant),
            _ => Err(Fault::KEPT),
        }
    }
}

impl<'de, A: EnumAccess<'de>> Choice<'de> for Enumeration<'_, 'de, A> {
    fn variant(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault> {
        let State::Access(access) = core::mem::replace(&mut self.state, State::Spent) else {
            return Err(Fault::KEPT);
        };
        let variant = access.variant_seed(Bridge {
            seed,
            at: self.at,
            record: &mut self.name,
        });
        let ((), variant) = keep(&mut self.error, variant)?;
        self.state = State::Variant(variant);
        Ok(())
    }

    fn unit(&mut self) -> Result<(), Fault> {
        let variant = self.take()?;
        keep(&mut self.error, variant.unit_variant())?;
        self.content = Some(Content::Unit);
        Ok(())
    }

    fn newtype(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault> {
        let variant = self.take()?;
        let mut record = None;
        let read = variant.newtype_variant_seed(Bridge {
            seed,
            at: self.at,
            record: &mut record,
        });
        keep(&mut self.error, read)?;
        self.content = Some(Content::Newtype(Box::new(record.unwrap_or(Value::Unit))));
        Ok(())
    }

    fn fields(&mut self, fields: Fields, sink: &mut dyn Sink<'de>) -> Result<(), Fault> {
        let variant = self.take()?;
        let mut record = None;
        let recorder = Recorder {
            sink,
            hint: match fields {
                Fields::Tuple(len) => Hint::Tuple(len),
                Fields::Struct(fields) => Hint::Struct("", fields),
            },
            at: self.at,
            record: &mut record,
        };
        let read = match fields {
            Fields::Tuple(len) => variant.tuple_variant(len, recorder),
            Fields::Struct(fields) => variant.struct_variant(fields, recorder),
        };
        keep(&mut self.error, read)?;
        self.content = record.map(|value| match value {
            Value::Seq(values) => Content::Tuple(values),
            Value::Struct(_, fields) => Content::Struct(fields),
            value => Content::Newtype(Box::new(value)),
        });
        Ok(())
    }
}

/// The parameters of a plugin: those before the name, which are kept until it is known, and the rest.
pub(super) struct Parameters<'de, 'a, A: MapAccess<'de>> {
    pub(super) before: std::vec::IntoIter<(Name, Value)>,
    pub(super) access: A,
    pub(super) error: Option<A::Error>,
    pub(super) at: At<'a>,
    /// Those that the type has, if it says so.
    pub(super) known: &'static [&'static str],
    /// The parameter whose key has been read, and its value if that was kept.
    pub(super) current: Option<(Name, Option<Value>)>,
    pub(super) record: Vec<(Name, Value)>,
}

impl<'de, A: MapAccess<'de>> Entries<'de> for Parameters<'de, '_, A> {
    fn expect(&mut self, known: &'static [&'static str]) {
        self.known = known;
        self.record.reserve_exact(known.len());
    }

    fn key(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, Fault> {
        let key = Parameter {
            seed,
            at: self.at,
            known: self.known,
        };
        if let Some((name, value)) = self.before.next() {
            let name = keep(&mut self.error, key.visit_str(&name))?;
            self.current = Some((name, Some(value)));
            return Ok(true);
        }
        let name = keep(&mut self.error, self.access.next_key_seed(key))?;
        self.current = name.map(|name| (name, None));
        Ok(self.current.is_some())
    }

    fn value(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), Fault> {
        let (key, value) = self.current.take().unwrap_or_default();
        let mut record = None;
        let bridge = Bridge {
            seed,
            at: At {
                parameter: Some(&key),
                ..self.at
            },
            record: &mut record,
        };
        let read = match value {
            Some(value) => bridge.deserialize(value.into_deserializer()),
            None => self.access.next_value_seed(bridge),
        };
        keep(&mut self.error, read)?;
        self.record.extend(record.map(|value| (key, value)));
        Ok(())
    }

    fn size_hint(&self) -> Option<usize> {
        None
    }
}

/// The key of a parameter, which the type reads while the format knows the place.
struct Parameter<'a, 'de> {
    seed: &'a mut dyn Seed<'de>,
    at: At<'a>,
    known: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for Parameter<'_, 'de> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, format: D) -> Result<Name, D::Error> {
        // RON has identifiers in structs, and texts in maps. The type thinks that it reads a struct.
        format.deserialize_any(self)
    }
}

impl Visitor<'_> for Parameter<'_, '_> {
    type Value = Name;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the name of a parameter, {}", self.at)
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Name, E> {
        let read = self.seed.read(&mut Text(key));
        read.map_err(|fault| fault.into_error(None, self.at))?;
        let mut known = self.known.iter();
        Ok(known
            .find(|name| **name == key)
            .map_or_else(|| key.to_string().into(), |name| (*name).into()))
    }
}

/// A text that was read.
struct Text<'a>(&'a str);

impl<'de> Source<'de> for Text<'_> {
    fn read(&mut self, _hint: Hint, sink: &mut dyn Sink<'de>) -> Result<(), Fault> {
        sink.scalar(Scalar::Str(self.0))
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}
