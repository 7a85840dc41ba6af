//! The texts of interfaces, members and plugins, in every form that a doc comment has.

use plugin_core::{Interface, interface, plugin};

use crate::only;

/// One line.
#[interface]
trait ILine {}

#[interface]
/// Below the attribute.
trait IBelow {}

/// The first line.
///
///   Indented by two more.
///
/// The last line.
#[interface]
trait ILines {}

#[doc = "As an attribute."]
#[interface]
trait IAttribute {}

/// A comment.
#[doc = "An attribute."]
#[interface]
trait IMixed {}

#[doc = include_str!("docs/included.md")]
#[interface]
trait IIncluded {}

/// Before the file.
#[doc = include_str!("docs/included.md")]
/// After the file.
#[interface]
trait IAround {}

#[doc = concat!("Put ", "together")]
#[interface]
trait IConcat {}

/** In one line. */
#[interface]
trait IBlock {}

/**
 * With a column of stars.
 *
 *   And indented.
 */
#[interface]
trait IStars {}

/**
    Without a column,

    - * a list
*/
#[interface]
trait IColumn {}

#[rustfmt::skip]
#[interface]
#[doc(alias = "hidden things")]
#[doc(hidden)]
trait INone {}

// Only described, never called.
#[allow(dead_code)]
#[interface]
trait IMembers {
    /// By slashes.
    fn slashes(&self) {}
    /** By stars. */
    fn stars(&self) {}
    #[doc = "By an attribute."]
    fn attribute(&self) {}
    #[doc = include_str!("docs/included.md")]
    fn included(&self) {}
    fn none(&self) {}
}

macro_rules! documented {
    ($literal:literal, $expr:expr, $(#[$meta:meta])*) => {
        #[doc = $literal]
        #[allow(dead_code)]
        #[interface]
        trait ILiteral {
            #[doc = $expr]
            fn expr(&self) {}
            $(#[$meta])*
            fn meta(&self) {}
        }

        #[doc = $expr]
        #[plugin(IPluginDocs, name = "expr")]
        static EXPR: u8 = 1;
    };
}

documented! { "A literal.", concat!("An ", "expression."), /** A comment. */ }

#[interface]
trait IPluginDocs {}

impl IPluginDocs for u8 {}

/// The first plugin,
/// in two lines: 6 mm "steel" \ brass {} \0.
#[plugin(IPluginDocs, name = "lines")]
static LINES: u8 = 1;

#[plugin(IPluginDocs, name = "included")]
#[doc = include_str!("docs/included.md")]
static INCLUDED: u8 = 1;

#[plugin(IPluginDocs, name = "none")]
static NONE: u8 = 1;

/// A unit struct.
#[plugin(IPluginDocs, name = "struct")]
struct Unit;

impl IPluginDocs for Unit {}

#[interface]
trait INul {}

impl INul for u8 {}

// A NUL is what ends the texts before this one.
#[doc = "Before\0after."]
#[doc = "\0"]
#[plugin(INul)]
static NUL: u8 = 1;

const INCLUDED_TEXT: &str = "From a file.\n\nOf three lines.";

fn docs<I: ?Sized + Interface>() -> &'static str {
    I::INFO.docs()
}

#[test]
fn line_comments_lose_their_indentation() {
    assert_eq!(docs::<dyn ILine>(), "One line.");
    assert_eq!(docs::<dyn IBelow>(), "Below the attribute.");
    assert_eq!(
        docs::<dyn ILines>(),
        "The first line.\n\n  Indented by two more.\n\nThe last line."
    );
}

#[test]
fn attributes_are_docs() {
    assert_eq!(docs::<dyn IAttribute>(), "As an attribute.");
    assert_eq!(docs::<dyn IConcat>(), "Put together");
    assert_eq!(docs::<dyn INone>(), "");
}

#[test]
fn included_files_are_docs() {
    assert_eq!(docs::<dyn IIncluded>().trim_end(), INCLUDED_TEXT);
    let around = docs::<dyn IAround>();
    assert!(
        around.starts_with("Before the file.\nFrom a file."),
        "{around:?}"
    );
    assert!(around.ends_with("After the file."), "{around:?}");
}

#[test]
fn block_comments_lose_their_column_of_stars() {
    assert_eq!(
        docs::<dyn IStars>(),
        "With a column of stars.\n\n  And indented."
    );
}

#[test]
fn block_comments_lose_their_indentation() {
    assert_eq!(docs::<dyn IBlock>().trim(), "In one line.");
    assert_eq!(docs::<dyn IColumn>(), "Without a column,\n\n- * a list");
}

#[test]
fn members_have_docs_in_every_form() {
    let docs: Vec<_> = <dyn IMembers>::INFO
        .members()
        .iter()
        .map(|member| member.docs().trim())
        .collect();
    let expected = [
        "By slashes.",
        "By stars.",
        "By an attribute.",
        INCLUDED_TEXT,
        "",
    ];
    assert_eq!(docs, expected);
}

#[test]
fn fragments_of_a_macro_are_docs() {
    let info = <dyn ILiteral>::INFO;
    assert_eq!(info.docs(), "A literal.");
    assert_eq!(info.members()[0].docs(), "An expression.");
    assert_eq!(info.members()[1].docs().trim(), "A comment.");
}

#[test]
fn plugins_have_docs_in_every_form() {
    let docs = |name| {
        let plugins = plugin_core::plugins::<dyn IPluginDocs>();
        let plugin = plugins.iter().find(|plugin| plugin.info.name() == name);
        plugin.unwrap().info.docs().trim_end()
    };
    assert_eq!(
        docs("lines"),
        "The first plugin,\nin two lines: 6 mm \"steel\" \\ brass {} \\0."
    );
    assert_eq!(docs("included"), INCLUDED_TEXT);
    assert_eq!(docs("none"), "");
    assert_eq!(docs("struct"), "A unit struct.");
    assert_eq!(docs("expr"), "An expression.");
}

#[test]
fn a_nul_in_docs_is_kept() {
    let docs = only::<dyn INul>().info.docs();
    assert_eq!(docs, "Before\0after.\n\0");
}

#[test]
fn comments_and_attributes_can_be_mixed() {
    assert_eq!(docs::<dyn IMixed>(), "A comment.\nAn attribute.");
}
