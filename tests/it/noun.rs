//! What users of a program call the plugins of an interface.

use std::error::Error;

use clap::Parser;
use plugin_core::{FindError, Interface, PluginRef, interface, plugin, slot};

#[interface(noun = "filter")]
trait IFilter {}

impl IFilter for u8 {}

#[plugin(IFilter, name = "blur")]
static BLUR: u8 = 0;

mod again {
    use super::IFilter;

    #[plugin_core::plugin(IFilter, name = "blur")]
    static BLUR: u8 = 0;
}

#[plugin(IFilter, name = "sharpen")]
static SHARPEN: u8 = 0;

#[interface(noun = "sound")]
trait ISound {}

impl ISound for u8 {}

#[plugin(ISound, name = "murmur")]
static MURMUR: u8 = 0;

#[interface(noun = "light source", one)]
trait ILight {}

#[interface]
trait IWithout {}

impl IWithout for u8 {}

#[plugin(IWithout, name = "internal")]
static INTERNAL: u8 = 0;

fn not_found<I: ?Sized + Interface>(name: &str) -> String {
    let error = slot::<I>().find(name).unwrap_err();
    assert!(matches!(error, FindError::NotFound(_)));
    error.to_string()
}

fn one_line(json: &str) -> String {
    let error = serde_json::from_str::<PluginRef<dyn IFilter>>(json);
    error.unwrap_err().to_string()
}

#[test]
fn an_interface_has_the_noun_that_it_was_given() {
    assert_eq!(<dyn IFilter>::INFO.noun(), Some("filter"));
    assert_eq!(<dyn ILight>::INFO.noun(), Some("light source"));
    assert_eq!(<dyn IWithout>::INFO.noun(), None);
}

#[test]
fn a_name_that_is_unknown_is_that_of_an_unknown_filter() {
    let list = "\nthere are: blur, sharpen";
    for (name, sentence) in [
        ("blurr", "unknown filter `blurr`; did you mean `blur`?"),
        ("horse", "unknown filter `horse`"),
        (
            "murmur",
            "unknown filter `murmur`; did you mean the sound `murmur`?",
        ),
        // What users have no word for is not mentioned.
        ("internal", "unknown filter `internal`"),
    ] {
        assert_eq!(not_found::<dyn IFilter>(name), format!("{sentence}{list}"));
    }
    let expected = "unknown light source `lamp`\nthere is none";
    assert_eq!(not_found::<dyn ILight>("lamp"), expected);
    let expected = "`IWithout` has no plugin `murmur`; it is a plugin of `it::noun::ISound`\n\
                    there is: internal";
    assert_eq!(not_found::<dyn IWithout>("murmur"), expected);
}

#[test]
fn a_name_of_several_is_that_of_an_ambiguous_filter() {
    let text = slot::<dyn IFilter>().find("blur").unwrap_err().to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[0],
        "ambiguous filter `blur`; use one of these instead:"
    );
    assert!(lines[1].starts_with("  it::noun::BLUR ("), "{text}");
    assert!(lines[2].starts_with("  it::noun::again::BLUR ("), "{text}");
    assert_eq!(lines.len(), 3, "{text}");
}

#[test]
fn the_only_one_is_one_light_source() {
    assert_eq!(
        slot::<dyn ILight>().only().unwrap_err().to_string(),
        "one light source is needed, and there is none"
    );
    let text = slot::<dyn IFilter>().only().unwrap_err().to_string();
    let title = "one filter is needed, and 3 have priority 0:\n  it::noun::BLUR (";
    assert!(text.starts_with(title), "{text}");
}

#[test]
fn what_serde_says_is_one_line() {
    assert_eq!(
        one_line("\"blurr\""),
        "unknown filter `blurr`; did you mean `blur`? at line 1 column 7"
    );
    assert_eq!(
        one_line("\"horse\""),
        "unknown filter `horse`, expected one of `blur`, `sharpen` at line 1 column 7"
    );
    assert_eq!(
        one_line("\"blur\""),
        "ambiguous filter `blur`; use one of `it::noun::BLUR`, `it::noun::again::BLUR` \
         at line 1 column 6"
    );
    assert_eq!(
        one_line("7"),
        "invalid type: integer `7`, expected the name of the filter at line 1 column 1"
    );
    let error = serde_json::from_str::<PluginRef<dyn ILight>>("\"lamp\"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown light source `lamp`; there is none at line 1 column 6"
    );
    let error = serde_json::from_str::<PluginRef<dyn IWithout>>("\"lamp\"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`IWithout` has no plugin `lamp`, expected `internal` at line 1 column 6"
    );
}

#[test]
fn what_clap_says_of_several_has_the_noun() {
    #[derive(Debug, Parser)]
    struct Arguments {
        _filter: PluginRef<dyn IFilter>,
    }

    let error = Arguments::try_parse_from(["program", "blur"]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("error: ambiguous filter `blur`; use one"),
        "{text}"
    );
}

#[test]
fn an_error_that_leaves_main_is_fit_to_be_read() {
    fn main() -> Result<(), Box<dyn Error>> {
        slot::<dyn IFilter>().find("horse")?;
        Ok(())
    }

    fn assert_same(error: &(impl Error + ?Sized)) {
        assert_eq!(format!("{error:?}"), error.to_string());
    }

    // As the standard library prints it.
    assert_eq!(
        format!("Error: {:?}", main().unwrap_err()),
        "Error: unknown filter `horse`\nthere are: blur, sharpen"
    );
    let filters = slot::<dyn IFilter>();
    for name in ["horse", "blur"] {
        let error = filters.find(name).unwrap_err();
        assert_same(&error);
        match &error {
            FindError::NotFound(error) => assert_same(error),
            FindError::Ambiguous(error) => assert_same(&**error),
        }
    }
    assert_same(&slot::<dyn ILight>().only().unwrap_err());
    let error = filters.only().unwrap_err();
    assert_same(&error);
    let plugin_core::OnlyError::Ambiguous(tie) = &error else {
        panic!("there is none");
    };
    assert_same(&**tie);
}
