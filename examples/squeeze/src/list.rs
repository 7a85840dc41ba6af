//! What a user may write: the codecs, and their parameters.

use std::fmt::Write as _;

use icodec::PluginInfo;
use schemars::SchemaGenerator;
use serde_json::Value;

use crate::dropins;

/// All codecs, each with its parameters and their defaults.
pub(crate) fn codecs() -> String {
    let mut text = String::new();
    let mut generator = SchemaGenerator::default();
    for codec in dropins::all() {
        heading(&mut text, codec.info);
        let schema = codec.maker.map(|maker| maker.parameters(&mut generator));
        let parameters = schema
            .as_ref()
            .and_then(|schema| schema.get("properties")?.as_object());
        for (name, parameter) in parameters.into_iter().flatten() {
            let default = &parameter["default"];
            let given = match default {
                Value::Null => name.clone(),
                Value::String(default) => format!("{name}={default}"),
                default => format!("{name}={default}"),
            };
            let docs = parameter["description"].as_str().unwrap_or_default();
            let values = values(parameter);
            let _ = writeln!(text, "    {given:<14} {docs}{values}");
        }
    }
    text
}

fn heading(text: &mut String, info: &PluginInfo) {
    let (name, docs) = (info.name(), info.docs());
    let docs = docs.lines().next().unwrap_or_default();
    let (package, version) = (info.package(), info.version());
    let _ = writeln!(text, "{name:<10} {docs} ({package} {version})");
}

/// What a parameter may be, as far as its schema says.
fn values(parameter: &Value) -> String {
    let range = (&parameter["minimum"], &parameter["maximum"]);
    let choices = parameter["enum"].as_array();
    match (range, choices) {
        ((Value::Number(least), Value::Number(most)), _) => format!("; {least} to {most}"),
        (_, Some(choices)) => {
            let choices: Vec<_> = choices.iter().filter_map(Value::as_str).collect();
            format!("; {}", choices.join(", "))
        }
        _ => String::new(),
    }
}
