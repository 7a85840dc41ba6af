//! Twenty wrong configurations: what [`Configured`] says of each, and what typetag says. The documentation of
//! `Configured` shows them, and `BLESS=1 cargo test -p plugin-tests --test it wrong` writes them there anew.

use std::fmt::Write as _;
use std::path::Path;

use plugin_core::{Configured, interface, plugin};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[interface(configured, noun = "filter")]
pub(crate) trait IFilter {}

#[typetag::deserialize(tag = "use")]
trait Filter {}

/// A type under both.
macro_rules! filter {
    ($ty:ident, $name:literal) => {
        impl IFilter for $ty {}

        #[typetag::deserialize(name = $name)]
        impl Filter for $ty {}
    };
}

/// Blurs.
#[expect(dead_code, reason = "it is only read")]
#[plugin(IFilter, name = "blur")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Blur {
    radius: u8,
    #[serde(default)]
    edges: Edges,
    #[serde(default)]
    weights: Vec<f64>,
    kernel: Option<Kernel>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Edges {
    #[default]
    Clamp,
    Wrap,
}

#[expect(dead_code, reason = "it is only read")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Kernel {
    size: u8,
}

filter!(Blur, "blur");

/// Cuts off what is too much.
#[expect(dead_code, reason = "it is only read")]
#[plugin(IFilter, name = "crop")]
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "RawCrop")]
struct Crop {
    width: u32,
}

#[derive(Deserialize, JsonSchema)]
struct RawCrop {
    #[schemars(range(min = 1))]
    width: u32,
}

impl TryFrom<RawCrop> for Crop {
    type Error = &'static str;

    fn try_from(raw: RawCrop) -> Result<Self, &'static str> {
        match raw.width {
            0 => Err("a width of 0 leaves nothing"),
            width => Ok(Self { width }),
        }
    }
}

filter!(Crop, "crop");

#[plugin(IFilter, name = "invert")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Invert {}

filter!(Invert, "invert");

/// Filters in a row.
#[expect(dead_code, reason = "it is only read")]
#[plugin(IFilter, name = "chain")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Chain {
    of: Vec<Configured<dyn IFilter>>,
}

impl IFilter for Chain {}

#[expect(dead_code, reason = "it is only read")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherChain {
    of: Vec<Box<dyn Filter>>,
}

#[typetag::deserialize(name = "chain")]
impl Filter for OtherChain {}

#[expect(dead_code, reason = "it is only read")]
#[derive(Deserialize, JsonSchema)]
struct Config<T> {
    title: String,
    filters: Vec<T>,
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Toml,
    Yaml,
    Ron,
}

use Format::{Json, Ron, Toml, Yaml};

impl Format {
    fn name(self) -> &'static str {
        match self {
            Json => "json",
            Toml => "toml",
            Yaml => "yaml",
            Ron => "ron",
        }
    }

    /// A configuration with this list of filters.
    fn file(self, filters: &str) -> String {
        match self {
            Json => {
                format!("{{\n  \"title\": \"Photo\",\n  \"filters\": [\n    {filters}\n  ]\n}}\n")
            }
            Toml => format!("title = \"Photo\"\n\n{filters}\n"),
            Yaml => format!("title: Photo\nfilters:\n{filters}\n"),
            Ron => {
                format!("(\n    title: \"Photo\",\n    filters: [\n        {filters}\n    ],\n)\n")
            }
        }
    }

    fn error_of<T: DeserializeOwned>(self, file: &str) -> String {
        let error = match self {
            Json => serde_json::from_str::<Config<T>>(file)
                .err()
                .map(|error| error.to_string()),
            Toml => toml::from_str::<Config<T>>(file)
                .err()
                .map(|error| error.to_string()),
            Yaml => serde_norway::from_str::<Config<T>>(file)
                .err()
                .map(|error| error.to_string()),
            Ron => ron::from_str::<Config<T>>(file)
                .err()
                .map(|error| error.to_string()),
        };
        error.unwrap_or_else(|| "(no error)".to_owned())
    }
}

/// What is wrong, and where.
const WRONG: [(&str, Format, &str); 20] = [
    (
        "A name with a slip",
        Json,
        r#"{ "use": "blurr", "radius": 3 }"#,
    ),
    (
        "A name of which there is nothing like",
        Toml,
        "filters = [\"sepia\"]",
    ),
    (
        "A name in other letters",
        Yaml,
        "  - use: Blur\n    radius: 3",
    ),
    ("No name", Json, r#"{ "radius": 3 }"#),
    ("A name that is a number", Json, r#"{ "use": 7 }"#),
    ("A number for a filter", Json, "7"),
    (
        "A parameter with a slip",
        Toml,
        "[[filters]]\nuse = \"blur\"\nraduis = 3",
    ),
    (
        "A parameter that is not known",
        Json,
        r#"{ "use": "blur", "radius": 3, "gamma": 2.2 }"#,
    ),
    (
        "A parameter that is missing",
        Toml,
        "[[filters]]\nuse = \"blur\"\nedges = \"wrap\"",
    ),
    (
        "A parameter of another type",
        Toml,
        "[[filters]]\nuse = \"blur\"\nradius = \"big\"",
    ),
    (
        "A number out of range",
        Json,
        "{\n      \"use\": \"blur\",\n      \"radius\": 300\n    }",
    ),
    (
        "A parameter of another type, before the name",
        Json,
        "{\n      \"radius\": \"big\",\n      \"use\": \"blur\"\n    }",
    ),
    (
        "A choice with a slip",
        Yaml,
        "  - use: blur\n    radius: 3\n    edges: wrapp",
    ),
    (
        "A wrong element of a list",
        Json,
        "{\n      \"use\": \"blur\", \"radius\": 3,\n      \"weights\": [1, \"two\"]\n    }",
    ),
    (
        "A wrong field within a parameter",
        Ron,
        "{\"use\": \"blur\", \"radius\": 3, \"kernel\": Some((sise: 3))}",
    ),
    (
        "A parameter twice",
        Json,
        r#"{ "use": "blur", "radius": 3, "radius": 4 }"#,
    ),
    (
        "A parameter of a filter that has none",
        Toml,
        "filters = [{ use = \"invert\", strength = 2 }]",
    ),
    (
        "A value that the filter refuses",
        Toml,
        "[[filters]]\nuse = \"crop\"\nwidth = 0",
    ),
    (
        "A filter within a filter",
        Json,
        "{ \"use\": \"chain\", \"of\": [\n      { \"use\": \"blur\", \"radius\": -1 }\n    ] }",
    ),
    (
        "A comma too many",
        Json,
        "{ \"use\": \"blur\",\n      \"radius\": 3, }",
    ),
];

fn document() -> String {
    let mut text = String::from(
        "# Twenty wrong configurations\n\n\
         Each has one mistake. First is what `Configured<dyn IFilter>` says, and then what `Box<dyn Filter>`\n\
         says with typetag. Before what is shown here, each file has a title, which counts as a line or more.\n",
    );
    for (title, format, filters) in WRONG {
        let file = format.file(filters);
        let ours = format.error_of::<Configured<dyn IFilter>>(&file);
        let theirs = format.error_of::<Box<dyn Filter>>(&file);
        let name = format.name();
        write!(
            text,
            "\n**{title}**\n\n```{name}\n{filters}\n```\n\n`Configured`:\n\n```text\n{}\n```\n\ntypetag:\n\n```text\n{}\n```\n",
            ours.trim_end(),
            theirs.trim_end()
        )
        .unwrap();
    }
    text
}

#[test]
fn twenty_wrong_files_are_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("../plugin-core/src/configured/wrong.md");
    let document = document();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &document).unwrap();
    }
    assert_eq!(document, std::fs::read_to_string(path).unwrap());
}

/// With the feature `long` alone, since the validator takes longer to compile than all else here.
#[cfg(feature = "long")]
mod long {
    use super::*;

    /// What an editor has to check, if this is a file of its format.
    fn value(format: Format, file: &str) -> Option<serde_json::Value> {
        match format {
            Json => serde_json::from_str(file).ok(),
            Toml => toml::from_str(file).ok(),
            Yaml => serde_norway::from_str(file).ok(),
            Ron => ron::from_str(file).ok(),
        }
    }

    /// The files in which a schema cannot see the mistake.
    const NOT_IN_A_SCHEMA: [&str; 2] = ["A parameter twice", "A comma too many"];

    #[test]
    #[ignore = "long: compiles a validator of JSON Schema"]
    fn an_editor_finds_the_mistakes() {
        let schema = schemars::schema_for!(Config<Configured<dyn IFilter>>);
        let mut compiler = boon::Compiler::new();
        compiler
            .add_resource("config.json", schema.to_value())
            .unwrap();
        let mut schemas = boon::Schemas::new();
        let config = compiler.compile("config.json", &mut schemas).unwrap();
        let is_right = |format: Format, filters: &str| {
            let value = value(format, &format.file(filters));
            value.map(|value| schemas.validate(&value, config).is_ok())
        };
        for (title, format, filters) in WRONG {
            let expected = (!NOT_IN_A_SCHEMA.contains(&title)).then_some(false);
            let found = is_right(format, filters).filter(|is_right| !is_right);
            assert_eq!(found, expected, "{title}");
        }
        let right = [
            (
                Json,
                r#""invert", { "use": "blur", "radius": 3, "edges": "wrap", "kernel": { "size": 1 } }"#,
            ),
            (
                Json,
                r#"{ "use": "chain", "of": ["invert", { "use": "crop", "width": 4 }] }"#,
            ),
            (
                Toml,
                "filters = [\"invert\", { use = \"blur\", radius = 3, weights = [0.5, 1] }]",
            ),
            (Yaml, "  - invert\n  - use: crop\n    width: 4"),
        ];
        for (format, filters) in right {
            assert_eq!(is_right(format, filters), Some(true), "{filters}");
            assert_eq!(
                format.error_of::<Configured<dyn IFilter>>(&format.file(filters)),
                "(no error)"
            );
        }
    }
}
