//! Plugins in configurations and on command lines.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, RandomState};

use clap::Parser;
use clap::error::ErrorKind;
use metallurgy::ICoin;
use mint_east as _;
use mint_west as _;
use plugin_core::{FindError, PluginRef, interface, plugin, plugins, slot};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use serde::{Deserialize, Serialize};

type Coin = PluginRef<dyn ICoin>;

#[interface]
trait IColour {
    fn hue(&self) -> u16;
}

impl IColour for u16 {
    fn hue(&self) -> u16 {
        *self
    }
}

/// As of grass.
///
/// And as of leaves.
#[plugin(IColour, name = "green")]
static GREEN: u16 = 120;

#[plugin(IColour, name = "light \"blue\" \\ é")]
static BLUE: u16 = 240;

/// As of fire.
#[plugin(IColour, IShade, name = "red", priority = 1)]
static RED: u16 = 0;

/// Plugins of one name and one id.
#[interface]
trait IShade {}

impl IShade for u16 {}

macro_rules! shades {
    ($($value:literal)*) => {
        $(
            const _: () = {
                #[plugin(IShade)]
                static SHADE: u16 = $value;
            };
        )*
    };
}

shades! { 1 2 3 }

fn coin(name: &str) -> Coin {
    name.parse().unwrap()
}

fn colour(name: &str) -> PluginRef<dyn IColour> {
    name.parse().unwrap()
}

#[test]
fn a_reference_is_the_plugin() {
    let green = colour("green");
    let copy = green;
    assert_eq!((green.hue(), copy.hue()), (120, 120));
    assert_eq!(green.info.id(), "it::reference::GREEN");
    let plugin = slot::<dyn IColour>().find("green").unwrap();
    assert_eq!(*green, *plugin);
    assert!(std::ptr::eq(green.object, plugin.object));
    assert_eq!(PluginRef::from(plugin), green);
    assert_eq!(PluginRef::try_from("green").unwrap(), green);
    assert!(PluginRef::<dyn IColour>::try_from("gren").is_err());
    assert_eq!(size_of_val(&green), 4 * size_of::<usize>());
}

#[test]
fn a_cast_makes_a_reference() {
    let red = colour("red");
    let shade = PluginRef::from(red.info.query::<dyn IShade>().unwrap());
    assert_eq!(shade.info, red.info);
    assert_eq!(
        shade.to_string().parse::<PluginRef<dyn IShade>>().unwrap(),
        shade
    );
    assert!(colour("green").info.query::<dyn IShade>().is_none());
}

#[test]
fn a_name_that_is_not_enough_is_written_as_the_id() {
    assert_eq!(coin("mint_west::PENNY").to_string(), "mint_west::PENNY");
    assert_eq!(coin("mint_west::POUND").to_string(), "pound-west");
    assert!(matches!(
        "penny".parse::<Coin>(),
        Err(FindError::Ambiguous(_))
    ));
}

#[test]
fn plugins_of_one_id_are_written_and_read_as_themselves() {
    let shades = plugins::<dyn IShade>().iter().map(PluginRef::from);
    for shade in shades.filter(|shade| shade.info.name() == "SHADE") {
        let text = shade.to_string();
        assert!(text.starts_with("it::reference::SHADE@"), "{text}");
        assert_eq!(text, slot::<dyn IShade>().text_of(shade.info));
        assert_eq!(text.parse::<PluginRef<dyn IShade>>().unwrap(), shade);
        let json = serde_json::to_string(&shade).unwrap();
        let read: PluginRef<dyn IShade> = serde_json::from_str(&json).unwrap();
        assert_eq!(read, shade);
    }
}

#[test]
fn references_are_equal_and_ordered_by_id() {
    let [east, west] = [coin("mint_east::PENNY"), coin("mint_west::PENNY")];
    let pound = coin("mint_east::POUND");
    assert_eq!(pound, coin("pound-east"));
    assert_ne!(east, west);
    let set = BTreeSet::from([west, pound, east, pound]);
    assert_eq!(set.into_iter().collect::<Vec<_>>(), [east, pound, west]);
    assert_eq!(HashSet::from([west, pound, east, pound]).len(), 3);
    let state = RandomState::new();
    assert_eq!(state.hash_one(pound), state.hash_one(coin("pound-east")));
    assert_ne!(state.hash_one(east), state.hash_one(west));
}

#[test]
fn a_reference_is_padded_like_a_text() {
    let green = colour("green");
    assert_eq!(
        format!("{green:>8}|{green:<8}|{green:.2}"),
        "   green|green   |gr"
    );
    assert_eq!(format!("{green:?}"), "PluginRef(green)");
    let penny = coin("mint_west::PENNY");
    assert_eq!(format!("{penny:>20}"), "    mint_west::PENNY");
    assert_eq!(format!("{penny:?}"), "PluginRef(mint_west::PENNY)");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Purse {
    coins: Vec<Coin>,
    colour: Option<PluginRef<dyn IColour>>,
}

fn purse() -> Purse {
    Purse {
        coins: plugins::<dyn ICoin>().iter().map(PluginRef::from).collect(),
        colour: Some(colour("it::reference::BLUE")),
    }
}

#[test]
fn json_has_names_and_ids() {
    let purse = Purse {
        coins: vec![coin("pound-west"), coin("mint_east::PENNY")],
        ..purse()
    };
    let json = serde_json::to_string(&purse).unwrap();
    assert_eq!(
        json,
        r#"{"coins":["pound-west","mint_east::PENNY"],"colour":"light \"blue\" \\ é"}"#
    );
    assert_eq!(serde_json::from_str::<Purse>(&json).unwrap(), purse);
    // From a reader and from a value, texts are not borrowed.
    assert_eq!(
        serde_json::from_reader::<_, Purse>(json.as_bytes()).unwrap(),
        purse
    );
    let value = serde_json::to_value(&purse).unwrap();
    assert_eq!(serde_json::from_value::<Purse>(value).unwrap(), purse);
}

#[test]
fn a_binary_format_has_the_same_names() {
    let purse = purse();
    let bytes = postcard::to_stdvec(&purse).unwrap();
    assert_eq!(postcard::from_bytes::<Purse>(&bytes).unwrap(), purse);
    let bytes = postcard::to_stdvec(&colour("green")).unwrap();
    assert_eq!(bytes, b"\x05green");
}

#[test]
fn what_serde_says_is_what_find_says_on_one_line() {
    let error = |name: &str| {
        let json = serde_json::to_string(name).unwrap();
        serde_json::from_str::<Coin>(&json).unwrap_err().to_string()
    };
    for (name, expected) in [
        (
            "penny",
            "`ICoin` has 2 plugins `penny`; use one of `mint_east::PENNY`, `mint_west::PENNY` \
             at line 1 column 7",
        ),
        (
            "zloty",
            "`ICoin` has no plugin `zloty`, expected one of `penny`, `pound-east`, `pound-west` \
             at line 1 column 7",
        ),
        (
            "pound-eats",
            "`ICoin` has no plugin `pound-eats`; did you mean `pound-east`? at line 1 column 12",
        ),
        (
            "green",
            "`ICoin` has no plugin `green`; it is a plugin of `it::reference::IColour` \
             at line 1 column 7",
        ),
    ] {
        assert_eq!(error(name), expected);
    }
    let error = serde_json::from_str::<Coin>("7").unwrap_err().to_string();
    assert!(
        error.starts_with("invalid type: integer `7`, expected the name of a plugin of `ICoin`"),
        "{error}"
    );
}

/// A program.
#[derive(Debug, Parser)]
#[command(name = "program", term_width = 80)]
struct Arguments {
    /// What to paint with.
    #[arg(long)]
    colour: PluginRef<dyn IColour>,
    /// What to pay with.
    #[arg(long, default_value = "pound-east")]
    coin: Coin,
}

fn arguments<const N: usize>(arguments: [&str; N]) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(["program"].into_iter().chain(arguments))
}

#[test]
fn an_argument_is_a_name_or_an_id() {
    let arguments = arguments(["--colour", "green", "--coin=mint_west::PENNY"]).unwrap();
    assert_eq!((arguments.colour.hue(), arguments.coin.worth()), (120, 2));
    let arguments = self::arguments(["--colour", "it::reference::RED"]).unwrap();
    assert_eq!((arguments.colour.hue(), arguments.coin.worth()), (0, 240));
}

#[test]
fn help_has_each_plugin_with_the_first_line_of_its_docs() {
    let help = arguments(["--help"]).unwrap_err();
    assert_eq!(help.kind(), ErrorKind::DisplayHelp);
    let help = help.to_string();
    let lines: Vec<_> = help.lines().map(str::trim).collect();
    let after = |line: &str| lines.iter().position(|other| *other == line).expect(&help);
    let red = after("- red:              As of fire.");
    assert!(lines[red + 1].starts_with("- light \"blue\""), "{help}");
    assert_eq!(lines[red + 2], "- green:            As of grass.");
    assert!(!help.contains("leaves"), "{help}");
    after("- mint_west::PENNY: The penny of the west.");
}

#[test]
fn a_mistake_on_the_command_line_is_corrected() {
    let error = arguments(["--colour", "gren"]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue);
    assert_eq!(
        error.to_string(),
        "error: invalid value 'gren' for '--colour <COLOUR>'\
         \n  [possible values: green, \"light \\\"blue\\\" \\\\ é\", red]\
         \n\
         \n  tip: a similar value exists: 'green'\
         \n\
         \nFor more information, try '--help'.\n"
    );
}

#[test]
fn an_ambiguous_argument_is_answered_with_ids() {
    let error = arguments(["--colour", "green", "--coin", "penny"]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue);
    let text = error.to_string();
    let found = slot::<dyn ICoin>().find("penny").unwrap_err().to_string();
    assert!(text.starts_with(&format!("error: {found}\n")), "{text}");
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_unicode_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let bytes = OsStr::from_bytes(b"gr\xffen");
    let arguments = [OsStr::new("program"), OsStr::new("--colour"), bytes];
    let error = Arguments::try_parse_from(arguments).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
}

proptest! {
    #[test]
    fn every_reference_is_read_back_from_what_it_writes(index in 0..plugins::<dyn ICoin>().len()) {
        let coin = PluginRef::from(&plugins::<dyn ICoin>()[index]);
        prop_assert_eq!(coin.to_string().parse::<Coin>().unwrap(), coin);
        let json = serde_json::to_string(&coin).unwrap();
        prop_assert_eq!(serde_json::from_str::<Coin>(&json).unwrap(), coin);
        let bytes = postcard::to_stdvec(&coin).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Coin>(&bytes).unwrap(), coin);
    }

    #[test]
    fn no_text_is_read_as_another_plugin(name in any::<String>()) {
        match name.parse::<Coin>() {
            Ok(coin) => prop_assert!(coin.info.name() == name || coin.info.id() == name),
            Err(error) => prop_assert!(error.to_string().lines().count() == 2),
        }
    }

    // Texts that are near to a name.
    #[test]
    fn no_text_of_such_letters_is_read_as_another_plugin(
        name in "(mint_(east|west)::)?(PE|PO|pe|po)[nNuU]{1,2}[yYdD](-east|-west)?",
    ) {
        if let Ok(coin) = name.parse::<Coin>() {
            prop_assert!(coin.info.name() == name || coin.info.id() == name);
        }
    }
}
