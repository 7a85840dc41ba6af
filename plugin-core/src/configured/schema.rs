//! The JSON Schema of a [`Configured`], by which editors check and complete a configuration.

// Most of what is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::marker::PhantomData;
use std::borrow::Cow;
use std::vec::Vec;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::maker::{SchemaOf, choices, offered};
use super::{Configurable, Configured, Maker};
use crate::Plugin;

/// Not public API. Used by generated code.
///
/// `HasSchema::<T>::SCHEMA` is `Some` if the type has a schema.
pub struct HasSchema<T>(PhantomData<T>);

impl<T: JsonSchema> HasSchema<T> {
    pub const SCHEMA: SchemaOf = Some(T::json_schema);
}

/// Not public API. Used by generated code.
pub trait NoSchema {
    const SCHEMA: SchemaOf = None;
}

impl<T> NoSchema for HasSchema<T> {}

/// One of the program's plugins: its name, if it needs no parameters; or a map with the name and the
/// parameters.
///
/// The parameters are those of the type's `JsonSchema`. If the type has none, they can be anything.
impl<I: ?Sized + Configurable> JsonSchema for Configured<I> {
    fn schema_name() -> Cow<'static, str> {
        I::INFO.name().into()
    }

    fn schema_id() -> Cow<'static, str> {
        I::INFO.path().into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut names = Vec::new();
        let mut maps = Vec::new();
        for (text, info) in choices::<I>() {
            let maker = info.query::<dyn Maker<I>>();
            if maker.is_none_or(|maker| maker.make_default().is_ok()) {
                names.push(described(json_schema!({ "const": text }), info.docs()));
            }
            let parameters = match maker {
                Some(maker) => maker.parameters(generator),
                None => nothing(generator),
            };
            maps.push(described(with_name(parameters, I::TAG, text), info.docs()));
        }
        for info in offered::<I>() {
            let (name, docs) = (info.name(), info.docs());
            // The library is not loaded to be asked.
            let parameters = json_schema!({ "type": "object" });
            names.push(described(json_schema!({ "const": name }), docs));
            maps.push(described(with_name(parameters, I::TAG, name), docs));
        }
        names.append(&mut maps);
        json_schema!({ "description": I::INFO.docs(), "oneOf": names })
    }
}

impl<I: ?Sized + Configurable> Plugin<dyn Maker<I>> {
    /// The JSON Schema of the parameters, without the plugin's name. If the plugin's type does not implement
    /// `JsonSchema`, it has only their names, and allows any.
    pub fn parameters(&self, generator: &mut SchemaGenerator) -> Schema {
        if let Some(schema) = self.object.schema() {
            return schema(generator);
        }
        let names = self.parameter_names().iter();
        let properties: Map<_, _> = names
            .map(|name| ((*name).into(), Value::Bool(true)))
            .collect();
        json_schema!({ "type": "object", "properties": properties })
    }
}

/// Not public API. Used by generated code.
#[must_use]
pub fn nothing_described() -> SchemaOf {
    Some(nothing)
}

fn nothing(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": false })
}

fn described(mut schema: Schema, docs: &str) -> Schema {
    if !docs.is_empty() {
        schema.insert("description".into(), docs.into());
    }
    schema
}

/// The parameters, and the name beside them.
fn with_name(mut parameters: Schema, tag: &str, name: &str) -> Schema {
    parameters.remove("title");
    parameters.remove("$schema");
    let constant = json_schema!({ "const": name }).to_value();
    let schema = parameters.ensure_object();
    if ["oneOf", "anyOf", "allOf", "$ref"]
        .iter()
        .any(|key| schema.contains_key(*key))
    {
        return json_schema!({
            "allOf": [{ "properties": { tag: constant }, "required": [tag] }, parameters],
        });
    }
    let properties = schema
        .entry("properties")
        .or_insert_with(|| Map::new().into());
    if let Value::Object(properties) = properties {
        let others = core::mem::take(properties);
        properties.insert(tag.into(), constant);
        properties.extend(others);
    }
    let required = schema
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(required) = required {
        required.insert(0, tag.into());
    }
    parameters
}
