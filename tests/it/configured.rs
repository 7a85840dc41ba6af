//! Plugins that are made of their parameters.

use std::collections::HashMap;
use std::sync::Arc;

use plugin_core::{
    Configured, Interface, Maker, PluginRef, catalog, configurables, interface, plugin, plugins,
    slot,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Changes an image, which is a number here.
#[interface(configured, noun = "filter")]
pub(crate) trait IFilter {
    fn apply(&self, image: u32) -> u32;

    fn describe(&self) -> String {
        String::new()
    }
}

/// Blurs.
#[plugin(IFilter, name = "blur", priority = 3)]
#[tag(family = "soft")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blur {
    #[serde(default = "two")]
    radius: u32,
    #[serde(default)]
    edges: Edges,
    kernel: Option<Kernel>,
}

fn two() -> u32 {
    2
}

#[expect(dead_code, reason = "its `Debug` is compared")]
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Edges {
    #[default]
    Clamp,
    Wrap,
    Fill(u8),
    Mix(u8, u8),
    Fade {
        from: u8,
        to: i8,
    },
}

#[expect(dead_code, reason = "its `Debug` is compared")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kernel {
    weights: Vec<f64>,
    name: Name,
}

#[expect(dead_code, reason = "its `Debug` is compared")]
#[derive(Debug, Deserialize)]
struct Name(String);

impl IFilter for Blur {
    fn apply(&self, image: u32) -> u32 {
        image + self.radius
    }

    fn describe(&self) -> String {
        format!("{:?} {:?}", self.edges, self.kernel)
    }
}

/// Cuts off what is too much.
#[plugin(IFilter, name = "crop")]
#[derive(Deserialize)]
#[serde(try_from = "RawCrop")]
struct Crop {
    width: u32,
}

#[derive(Deserialize)]
struct RawCrop {
    width: u32,
}

impl TryFrom<RawCrop> for Crop {
    type Error = String;

    fn try_from(raw: RawCrop) -> Result<Self, String> {
        match raw.width {
            0 => Err("a width of 0 leaves nothing".to_owned()),
            width => Ok(Self { width }),
        }
    }
}

impl IFilter for Crop {
    fn apply(&self, image: u32) -> u32 {
        image.min(self.width)
    }
}

/// Filters in a row.
#[plugin(IFilter, name = "chain")]
#[derive(Deserialize)]
struct Chain {
    of: Vec<Configured<dyn IFilter>>,
}

impl IFilter for Chain {
    fn apply(&self, image: u32) -> u32 {
        self.of
            .iter()
            .fold(image, |image, filter| filter.apply(image))
    }
}

#[plugin(IFilter, name = "invert")]
struct Invert;

impl IFilter for Invert {
    fn apply(&self, image: u32) -> u32 {
        1000 - image
    }
}

struct Gain(u32);

impl IFilter for Gain {
    fn apply(&self, image: u32) -> u32 {
        self.0 * image
    }
}

#[plugin(IFilter, name = "double")]
static DOUBLE: Gain = Gain(2);

/// A type that chooses by itself.
#[plugin(IFilter, name = "edge")]
#[derive(Deserialize)]
enum Edge {
    Sobel { size: u32 },
}

impl IFilter for Edge {
    fn apply(&self, image: u32) -> u32 {
        let Self::Sobel { size } = self;
        image / size
    }
}

type Filter = Configured<dyn IFilter>;

fn json(text: &str) -> Filter {
    serde_json::from_str(text).unwrap()
}

fn wrong<T: DeserializeOwned>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(_) => panic!("`{text}` is accepted"),
        Err(error) => error.to_string(),
    }
}

const HERE: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

#[test]
fn a_name_and_its_parameters_make_an_object() {
    assert_eq!(json(r#""blur""#).apply(1), 3);
    assert_eq!(json(r#"{"use": "blur", "radius": 5}"#).apply(1), 6);
    assert_eq!(json(r#"{"radius": 5, "use": "blur"}"#).apply(1), 6);
    assert_eq!(json(r#"{"use": "crop", "width": 5}"#).apply(9), 5);
    assert_eq!(json(r#"{"use": "edge", "Sobel": {"size": 3}}"#).apply(9), 3);
}

#[test]
fn statics_and_unit_structs_are_plugins_without_parameters() {
    for text in [r#""double""#, r#"{"use": "double"}"#] {
        assert_eq!(json(text).apply(4), 8);
        assert_eq!(
            json(text).info(),
            slot::<dyn IFilter>().find("double").unwrap().info
        );
    }
    assert_eq!(json(r#""invert""#).apply(400), 600);
    let error = wrong::<Filter>(r#"{"use": "double", "by": 3}"#);
    let text = format!(
        "filter `double` ({HERE}) takes no parameters, and `by` is given at line 1 column 22"
    );
    assert_eq!(error, text);
    let error = wrong::<Filter>(r#"{"use": "invert", "by": 3}"#);
    assert!(
        error.starts_with(&format!("filter `invert` ({HERE}) takes no parameters")),
        "{error}"
    );
}

#[test]
fn the_object_can_be_owned_and_shared() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}

    let boxed: Box<dyn IFilter> = json(r#""blur""#).into_box();
    assert_eq!(boxed.apply(1), 3);
    let shared: Arc<dyn IFilter> = json(r#""double""#).into_arc();
    assert_eq!(shared.apply(1), 2);
    let shared: Arc<dyn IFilter> = json(r#""invert""#).into();
    assert_eq!(shared.apply(1), 999);
    is_send_and_sync(&json(r#""blur""#));
}

#[test]
fn it_stands_wherever_a_value_does() {
    #[derive(Deserialize)]
    struct Config {
        first: Option<Filter>,
        second: Option<Filter>,
        named: HashMap<String, Filter>,
    }

    let text = r#"{"first": null, "second": "double", "named": {"a": {"use": "blur"}}}"#;
    let config: Config = serde_json::from_str(text).unwrap();
    assert!(config.first.is_none());
    assert_eq!(config.second.unwrap().apply(1), 2);
    assert_eq!(config.named["a"].apply(1), 3);
    let nested =
        json(r#"{"use": "chain", "of": ["double", {"use": "chain", "of": ["invert", "blur"]}]}"#);
    assert_eq!(nested.apply(100), 802);
}

#[test]
fn the_makers_have_all_that_plugins_have() {
    let makers = configurables::<dyn IFilter>();
    let names: Vec<_> = makers
        .sorted()
        .iter()
        .map(|maker| maker.info.name())
        .collect();
    assert_eq!(names, ["blur", "chain", "crop", "edge", "invert"][..]);
    let blur = makers.find("blur").unwrap();
    assert_eq!(blur.info.docs(), "Blurs.");
    assert_eq!(blur.info.tag("family"), Some("soft"));
    assert!(blur.info.type_name().contains("Blur"));
    assert_eq!(blur.make_default().unwrap().apply(1), 3);
    let error = makers.find("crop").unwrap().make_default().unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("missing parameter `width` of filter `crop` ({HERE})")
    );
    let parameters = &mut serde_json::Deserializer::from_str(r#"{"radius": 7}"#);
    let made = blur.make(parameters).unwrap();
    assert_eq!(made.apply(1), 8);
    assert_eq!(made.info(), blur.info);
    let by_name: PluginRef<dyn Maker<dyn IFilter>> = "blur".parse().unwrap();
    assert_eq!(by_name.info, blur.info);
    assert_eq!(
        plugins::<dyn Maker<dyn IFilter>>().len(),
        makers.into_iter().count()
    );
    assert!(
        plugins::<dyn IFilter>()
            .iter()
            .all(|it| it.info.name() == "double")
    );
    let maker = <dyn Maker<dyn IFilter>>::INFO;
    assert!(catalog().interfaces().contains(&maker));
    assert_eq!(maker.name(), "Maker<dyn IFilter>");
    assert_ne!(maker, <dyn IFilter>::INFO);
}

#[test]
fn unknown_names_get_a_suggestion() {
    assert_eq!(
        wrong::<Filter>(r#""blurr""#),
        "unknown filter `blurr`; did you mean `blur`? at line 1 column 7"
    );
    assert_eq!(
        wrong::<Filter>("{\n  \"use\": \"duble\",\n  \"x\": 1\n}"),
        "unknown filter `duble`; did you mean `double`? at line 2 column 16"
    );
    assert_eq!(
        wrong::<Filter>(r#""xxxxxxxx""#),
        "unknown filter `xxxxxxxx`, expected one of `blur`, `chain`, `crop`, `double`, `edge`, \
         `invert` at line 1 column 10"
    );
    assert_eq!(
        wrong::<Filter>(r#"{"name": "blur"}"#),
        "missing `use`, the name of the filter at line 1 column 16"
    );
    assert_eq!(
        wrong::<Filter>("7"),
        "invalid type: integer `7`, expected the name of the filter, or a map with the key `use` \
         at line 1 column 1"
    );
}

#[test]
fn errors_have_the_parameter_and_its_place() {
    let text = "{\n  \"use\": \"blur\",\n  \"radus\": 3\n}";
    let error = format!(
        "unknown parameter `radus` of filter `blur` ({HERE}); did you mean `radius`? at line 3 column 9"
    );
    assert_eq!(wrong::<Filter>(text), error);
    let text = "{\n  \"use\": \"blur\",\n  \"radius\": \"3\"\n}";
    let error = format!(
        "invalid type: string \"3\", expected u32, in `radius` of filter `blur` ({HERE}) at line 3 column 15"
    );
    assert_eq!(wrong::<Filter>(text), error);
    let text =
        "{\n  \"use\": \"blur\",\n  \"kernel\": {\"weights\": [1.0,\n true], \"name\": \"x\"}\n}";
    let error = format!(
        "invalid type: boolean `true`, expected f64, in `kernel` of filter `blur` ({HERE}) at line 4 column 5"
    );
    assert_eq!(wrong::<Filter>(text), error);
    let text = "{\n  \"use\": \"blur\",\n  \"kernel\": {\"wights\": []}\n}";
    let error = format!(
        "unknown field `wights` in `kernel` of filter `blur` ({HERE}); did you mean `weights`? \
         at line 3 column 21"
    );
    assert_eq!(wrong::<Filter>(text), error);
    let text = "{\n  \"use\": \"blur\",\n  \"edges\": \"wrapp\"\n}";
    let error = format!(
        "unknown variant `wrapp` in `edges` of filter `blur` ({HERE}); did you mean `wrap`? \
         at line 3 column 18"
    );
    assert_eq!(wrong::<Filter>(text), error);
    let error = format!("missing parameter `width` of filter `crop` ({HERE}) at line 1 column 14");
    assert_eq!(wrong::<Filter>(r#"{"use":"crop"}"#), error);
    let error =
        format!("a width of 0 leaves nothing, in filter `crop` ({HERE}) at line 1 column 26");
    assert_eq!(wrong::<Filter>(r#"{"use": "crop", "width":0}"#), error);
}

#[test]
fn an_error_before_the_name_has_the_parameter_too() {
    let text = "{\"radius\": true, \"use\": \"blur\"}";
    let error = format!(
        "invalid type: boolean `true`, expected u32, in `radius` of filter `blur` ({HERE}) at line 1 column 31"
    );
    assert_eq!(wrong::<Filter>(text), error);
}

/// Each of these is written as it was read, in each format.
const TEXTS: &[&str] = &[
    r#""double""#,
    r#"{"use":"double"}"#,
    r#""blur""#,
    r#"{"use":"blur","radius":5}"#,
    r#"{"use":"blur","edges":"wrap","radius":5}"#,
    r#"{"use":"blur","edges":{"fill":7}}"#,
    r#"{"use":"blur","edges":{"mix":[7,8]}}"#,
    r#"{"use":"blur","edges":{"fade":{"from":7,"to":-8}}}"#,
    r#"{"use":"blur","kernel":{"name":"flat","weights":[0.5,1.0]}}"#,
    r#"{"use":"chain","of":["invert",{"use":"double"}]}"#,
    r#"{"use":"edge","Sobel":{"size":3}}"#,
];

#[derive(Deserialize, Serialize)]
struct Config {
    filter: Filter,
}

#[track_caller]
fn round_trip(format: &str, there_and_back: impl Fn(&Config) -> Config) {
    for text in TEXTS {
        let config = Config { filter: json(text) };
        let back = there_and_back(&config);
        assert_eq!(
            serde_json::to_string(&back.filter).unwrap(),
            *text,
            "{format}"
        );
        assert_eq!(back.filter.apply(9), config.filter.apply(9), "{format}");
        assert_eq!(back.filter.describe(), config.filter.describe(), "{format}");
        assert_eq!(back.filter.info(), config.filter.info(), "{format}");
    }
}

#[test]
fn it_is_written_as_what_it_was_made_of() {
    round_trip("JSON", |config| {
        serde_json::from_str(&serde_json::to_string(config).unwrap()).unwrap()
    });
    round_trip("JSON values", |config| {
        serde_json::from_value(serde_json::to_value(config).unwrap()).unwrap()
    });
    round_trip("TOML", |config| {
        toml::from_str(&toml::to_string(config).unwrap()).unwrap()
    });
    round_trip("YAML", |config| {
        serde_norway::from_str(&serde_norway::to_string(config).unwrap()).unwrap()
    });
    round_trip("RON", |config| {
        ron::from_str(&ron::to_string(config).unwrap()).unwrap()
    });
    round_trip("postcard", |config| {
        postcard::from_bytes(&postcard::to_stdvec(config).unwrap()).unwrap()
    });
}

#[test]
fn errors_of_toml_have_the_line() {
    let text = "[filter]\nuse = 'blur'\nradius = 'x'\n";
    let error = toml::from_str::<Config>(text).err().unwrap();
    assert_eq!(&text[error.span().unwrap()], "'x'", "{error}");
    assert!(
        error.message().contains("in `radius` of filter `blur`"),
        "{error}"
    );
    let text = "[filter]\nuse = 'blur'\nradus = 3\n";
    let error = toml::from_str::<Config>(text).err().unwrap();
    assert_eq!(&text[error.span().unwrap()], "radus", "{error}");
    let text = "[filter]\nuse = 'blurr'\n";
    let error = toml::from_str::<Config>(text).err().unwrap();
    assert_eq!(&text[error.span().unwrap()], "'blurr'", "{error}");
}

#[test]
fn errors_of_yaml_and_ron_have_the_line() {
    let text = "filter:\n  use: blur\n  radius: x\n";
    let error = serde_norway::from_str::<Config>(text).err().unwrap();
    assert_eq!(error.location().unwrap().line(), 3, "{error}");
    let text = "(filter: (use: \"blur\",\n radius: 5))";
    let config: Config = ron::from_str(text).unwrap();
    assert_eq!(config.filter.apply(1), 6);
    let text = "(filter: (use: \"blur\",\n radius: \"x\"))";
    let error = ron::from_str::<Config>(text).err().unwrap();
    assert_eq!(error.span.start.line, 2, "{error}");
}

/// Members that change the object: no static can have them.
#[interface(configured(tag = "type"))]
trait ICounter {
    fn count(&mut self) -> u32;
}

#[plugin(ICounter)]
#[derive(Deserialize)]
struct Counter {
    #[serde(default)]
    from: u32,
}

impl ICounter for Counter {
    fn count(&mut self) -> u32 {
        self.from += 1;
        self.from
    }
}

#[plugin(ICounter)]
struct Stuck;

impl ICounter for Stuck {
    fn count(&mut self) -> u32 {
        0
    }
}

#[plugin(ICounter)]
static UNREACHABLE: Stuck = Stuck;

#[test]
fn the_object_can_be_changed_and_the_key_chosen() {
    let text = r#"[{"type":"Counter","from":6},"Counter","Stuck"]"#;
    let mut counters: Vec<Configured<dyn ICounter>> = serde_json::from_str(text).unwrap();
    let counts: Vec<_> = counters.iter_mut().map(|counter| counter.count()).collect();
    assert_eq!(counts, [7, 1, 0]);
    assert_eq!(serde_json::to_string(&counters).unwrap(), text);
    let error = wrong::<Configured<dyn ICounter>>(r#""UNREACHABLE""#);
    assert!(
        error.starts_with("`Maker<dyn ICounter>` has no plugin `UNREACHABLE`"),
        "{error}"
    );
}

#[test]
fn an_argument_of_a_command_line_has_parameters() {
    let blur: Filter = "blur:radius=5,edges=wrap".parse().unwrap();
    assert_eq!(blur.apply(1), 6);
    assert_eq!(
        serde_json::to_string(&blur).unwrap(),
        r#"{"use":"blur","radius":5,"edges":"wrap"}"#
    );
    for bare in [
        "blur",
        "double",
        "invert",
        slot::<dyn IFilter>().sorted()[0].info.id(),
    ] {
        assert!(bare.parse::<Filter>().is_ok(), "{bare}");
    }
    let chain: Filter = "chain:of=[double, invert]".parse().unwrap();
    assert_eq!(chain.apply(10), 980);
    let error = |text: &str| text.parse::<Filter>().err().unwrap().to_string();
    assert_eq!(
        error("blur:radius=much"),
        format!(
            "invalid type: string \"much\", expected u32, in `radius` of filter `blur` ({HERE})"
        )
    );
    assert_eq!(
        error("blur:radus=3"),
        format!("unknown parameter `radus` of filter `blur` ({HERE}); did you mean `radius`?")
    );
    assert_eq!(
        error("blur:radius"),
        "expected a parameter such as `radius=3`, found `radius`"
    );
    assert!(error("blurr:radius=3").starts_with("unknown filter `blurr`; did you mean `blur`?"));
}

#[test]
fn it_is_shown_as_on_a_command_line() {
    let shown = |text: &str| json(text).to_string();
    assert_eq!(shown(r#""invert""#), "invert");
    let blur = r#"{"use":"blur","radius":5,"edges":{"fade":{"from":1,"to":-2}},
        "kernel":{"weights":[0.5,2.0],"name":"a, \"b\" \\"}}"#;
    assert_eq!(
        shown(blur),
        r#"blur:radius=5,edges={fade={from=1,to=-2}},kernel={weights=[0.5,2],name="a, \"b\" \\"}"#
    );
    let others = [
        blur,
        r#"{"use":"blur","edges":{"fill":3},"kernel":{"weights":[],"name":""}}"#,
        r#"{"use":"blur","edges":{"mix":[1,2]},"kernel":null}"#,
        r#"{"use":"chain","of":["double",{"use":"chain","of":[{"use":"crop","width":2}]}]}"#,
    ];
    for text in TEXTS.iter().chain(&others) {
        let (filter, again): (_, Filter) = (json(text), shown(text).parse().unwrap());
        assert_eq!(again.describe(), filter.describe(), "{text}");
        assert_eq!(again.apply(9), filter.apply(9), "{text}");
        assert_eq!(again.to_string(), filter.to_string());
    }
}

#[test]
fn clap_reads_it() {
    use clap::Parser;

    #[derive(Parser)]
    struct Arguments {
        #[arg(long)]
        filter: Vec<Filter>,
    }

    let words = ["test", "--filter", "blur:radius=5", "--filter", "double"];
    let arguments = Arguments::try_parse_from(words).unwrap();
    assert_eq!(arguments.filter[0].apply(1), 6);
    assert_eq!(arguments.filter[1].apply(1), 2);
    let wrong = Arguments::try_parse_from(["test", "--filter", "blurr"])
        .err()
        .unwrap();
    let text = wrong.to_string();
    assert!(
        text.contains("invalid value 'blurr' for '--filter <FILTER>': unknown filter `blurr`; did you mean `blur`?"),
        "{text}"
    );
    let help = Arguments::try_parse_from(["test", "--help"])
        .err()
        .unwrap()
        .to_string();
    assert!(
        help.contains("Blurs. Parameters: radius, edges, kernel."),
        "{help}"
    );
}

#[test]
fn a_clone_is_made_anew() {
    for text in TEXTS {
        let (filter, again) = (json(text), json(text).clone());
        assert_eq!(filter.apply(9), again.apply(9));
        assert_eq!(format!("{filter:?}"), format!("{again:?}"));
        assert_eq!(serde_json::to_string(&again).unwrap(), *text);
    }
}

/// What an editor knows of the configuration.
#[interface(configured, noun = "shape")]
trait IShape {}

/// A circle.
#[plugin(IShape, name = "circle")]
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the schema is the matter")]
struct Circle {
    /// Half of its width.
    #[serde(default = "two")]
    radius: u32,
    within: Option<Configured<dyn IShape>>,
}

impl IShape for Circle {}

/// Any polygon.
#[plugin(IShape, name = "polygon")]
#[derive(Deserialize)]
#[expect(dead_code, reason = "the schema is the matter")]
struct Polygon {
    corners: u32,
}

impl IShape for Polygon {}

#[plugin(IShape, name = "point")]
struct Point;

impl IShape for Point {}

#[plugin(IShape, name = "origin")]
static ORIGIN: Point = Point;

/// What stands for other parameters.
#[plugin(IShape, name = "frame")]
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Frame(Polygon);

impl IShape for Frame {}

#[test]
fn a_type_may_stand_for_its_parameters() {
    let text = r#"{"use":"frame","corners":4}"#;
    let frame: Configured<dyn IShape> = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&frame).unwrap(), text);
    let names = |name| {
        let maker = configurables::<dyn IShape>().find(name).unwrap();
        maker.parameter_names()
    };
    assert_eq!(names("frame"), ["corners"]);
    assert_eq!(names("circle"), ["radius", "within"]);
    assert_eq!(names("point"), [""; 0]);
}

#[test]
fn help_and_catalog_have_the_parameters() {
    use clap::builder::TypedValueParser;

    let parser = clap::value_parser!(Configured<dyn IShape>);
    let values = parser.possible_values().unwrap();
    let helps: Vec<_> = values
        .map(|value| {
            format!(
                "{}: {}",
                value.get_name(),
                value.get_help().unwrap_or_default()
            )
        })
        .collect();
    let expected = [
        "circle: A circle. Parameters: radius=2, within.",
        "frame: What stands for other parameters. Parameters: corners.",
        "point: ",
        "polygon: Any polygon. Parameters: corners.",
        "origin: ",
    ];
    assert_eq!(helps, expected);

    let catalog = catalog().of_interface("Maker<dyn IShape>");
    let text = format!("{catalog:200}");
    assert!(text.contains("parameters radius=2, within"), "{text}");
    let json = serde_json::to_value(&catalog).unwrap();
    let plugins = json["plugins"].as_array().unwrap();
    let circle = plugins.iter().find(|plugin| plugin["name"] == "circle");
    let circle = circle.unwrap();
    assert_eq!(
        circle["parameters"],
        serde_json::json!(["radius", "within"])
    );
    assert_eq!(circle["schema"]["properties"]["radius"]["default"], 2);
}

#[test]
fn there_is_a_schema_for_editors() {
    #[derive(schemars::JsonSchema)]
    #[expect(dead_code, reason = "the schema is the matter")]
    struct Config {
        shapes: Vec<Configured<dyn IShape>>,
    }

    let schema = schemars::schema_for!(Config);
    let expected = serde_json::json!({
        "description": "What an editor knows of the configuration.",
        "oneOf": [
            { "const": "circle", "description": "A circle." },
            { "const": "point" },
            { "const": "origin" },
            {
                "type": "object",
                "description": "A circle.",
                "properties": {
                    "use": { "const": "circle" },
                    "radius": {
                        "description": "Half of its width.",
                        "type": "integer",
                        "format": "uint32",
                        "minimum": 0,
                        "default": 2,
                    },
                    "within": { "anyOf": [{ "$ref": "#/$defs/IShape" }, { "type": "null" }] },
                },
                "required": ["use"],
                "additionalProperties": false,
            },
            {
                "type": "object",
                "description": "What stands for other parameters.",
                "properties": { "use": { "const": "frame" }, "corners": true },
                "required": ["use"],
            },
            {
                "type": "object",
                "properties": { "use": { "const": "point" } },
                "required": ["use"],
                "additionalProperties": false,
            },
            {
                "type": "object",
                "description": "Any polygon.",
                "properties": { "use": { "const": "polygon" }, "corners": true },
                "required": ["use"],
            },
            {
                "type": "object",
                "properties": { "use": { "const": "origin" } },
                "required": ["use"],
                "additionalProperties": false,
            },
        ],
    });
    let schema = schema.to_value();
    assert_eq!(schema["$defs"]["IShape"], expected, "{schema:#}");
    assert_eq!(
        schema["properties"]["shapes"]["items"]["$ref"],
        "#/$defs/IShape"
    );
}
