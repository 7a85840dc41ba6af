//! Whatever they are given, the macros answer: with items, or with errors.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

/// Few enough for every run of the tests: `long` has more.
const CASES: u32 = 1_000;

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// The words that the macros look for, and some that they do not.
const WORDS: [&str; 44] = [
    "pub",
    "static",
    "mut",
    "struct",
    "trait",
    "unsafe",
    "auto",
    "fn",
    "const",
    "type",
    "async",
    "dyn",
    "impl",
    "where",
    "for",
    "self",
    "Self",
    "Sized",
    "crate",
    "super",
    "in",
    "extern",
    "_",
    "interface",
    "plugin",
    "attribute",
    "tag",
    "doc",
    "cfg",
    "cfg_attr",
    "name",
    "priority",
    "one",
    "slot",
    "lazy",
    "true",
    "IShape",
    "Square",
    "key",
    "f64",
    "T",
    "r#type",
    "include_str",
    "ref",
];

const LITERALS: [&str; 11] = [
    "\"\"",
    "\"a\\tb\"",
    "r#\"\n * a\n * b\n \"#",
    "1",
    "3000000000",
    "99999999999999999999999",
    "1.5",
    "0x10i32",
    "'c'",
    "b\"bytes\"",
    "c\"text\"",
];

fn tree() -> impl Strategy<Value = TokenTree> {
    let word = select(&WORDS[..]).prop_map(|word| {
        let ident = match word.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(word, Span::call_site()),
        };
        TokenTree::from(ident)
    });
    let punct = (select(&b"#,=:;&<>+-!?'.*|@$~"[..]), any::<bool>()).prop_map(|(letter, joint)| {
        let spacing = if joint {
            Spacing::Joint
        } else {
            Spacing::Alone
        };
        TokenTree::from(Punct::new(letter.into(), spacing))
    });
    let literal = select(&LITERALS[..])
        .prop_map(|text| TokenTree::from(text.parse::<Literal>().expect("a literal")));
    let leaf = prop_oneof![4 => word, 3 => punct, 1 => literal];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let delimiter = select(
            &[
                Delimiter::Parenthesis,
                Delimiter::Brace,
                Delimiter::Bracket,
                Delimiter::None,
            ][..],
        );
        (delimiter, vec(inner, 0..6)).prop_map(|(delimiter, trees)| {
            Group::new(delimiter, trees.into_iter().collect()).into()
        })
    })
}

fn tokens() -> impl Strategy<Value = TokenStream> {
    vec(tree(), 0..16).prop_map(|trees| trees.into_iter().collect())
}

fn source(source: &str) -> TokenStream {
    source
        .parse()
        .unwrap_or_else(|error| panic!("{error}: {source}"))
}

fn joined(
    parts: impl Strategy<Value = &'static str>,
    most: usize,
) -> impl Strategy<Value = String> {
    vec(parts, 0..=most).prop_map(|parts| parts.concat())
}

/// An interface that is right, as two texts: the arguments, and the trait.
fn interface() -> impl Strategy<Value = (String, String)> {
    let arguments = select(
        &[
            "",
            "one",
            "lazy = false",
            "slot = \"SHAPES\"",
            "crate = a::b",
            "one, lazy = true,",
            "noun = \"shape\", one",
            "crate = crate, one, slot = \"S_2\"",
        ][..],
    );
    let attrs = || {
        joined(
            select(
                &[
                    "/// A line.\n",
                    "#[doc = \"text\"]",
                    "#[doc = include_str!(\"x.md\")]",
                    "/** one\n * two\n */",
                    "#[cfg(unix)]",
                    "#[must_use]",
                    "#[doc(hidden)]",
                    "#[doc = concat!(\"a\", \"b\")]",
                    "#[allow(unused)]",
                ][..],
            ),
            4,
        )
    };
    let member = (
        attrs(),
        select(&["", "#[tag(unit = \"m\")]", "#[tag(r#type = \"x\")] #[plugin_core::tag(b = \"\")]"][..]),
        select(&[
            "fn area(&self) -> f64;", "#[attribute] fn area(&self) -> f64;",
            "fn area(&self) {}", "unsafe fn area(&self, (a, b): (u8, &'static [u8; 4])) -> ();",
            "fn area<'a>(&'a self, name: &'a str) -> Box<dyn Fn(u8) -> Vec<u8> + 'a> where u8: Copy;",
            "fn r#type(self: &Self, r#fn: fn(u8) -> u8) -> Option<Result<u8, ()>> { None }",
            "fn scaled<T: Into<f64>>(self, factor: T) -> Self where Self: Sized;",
            "extern \"C\" fn call(self: std::sync::Arc<Self>, _: i32);",
            "type Unit where Self: Sized;",
            "#[attribute] fn sides(&self) -> impls::Sides<{ 3 + 1 }>;",
        ][..]),
    )
        .prop_map(|(attrs, tag, member)| format!("{attrs}{tag}{member}\n"));
    let head = (
        attrs(),
        select(&["", "pub ", "pub(crate) ", "pub(in crate::a) "][..]),
        select(&["IShape", "r#dyn", "IÖffnung"][..]),
        select(
            &[
                "",
                ":",
                ": Send",
                ": Base + Send + Sync + 'static",
                ": a::Base + AsRef<str> + for<'a> Fn(&'a u8)",
                " where Self: Base",
            ][..],
        ),
    );
    (arguments, head, vec(member, 0..6)).prop_map(
        |(arguments, (attrs, vis, name, bounds), members)| {
            let members = members.concat();
            (
                arguments.to_owned(),
                format!("{attrs}{vis}trait {name}{bounds} {{ {members} }}"),
            )
        },
    )
}

/// A plugin that is right, as two texts: the arguments, and the item.
fn plugin() -> impl Strategy<Value = (String, String)> {
    let arguments = (
        select(
            &[
                "IShape",
                "a::IShape",
                "::a::b::IShape, IPlugin",
                "crate::A, super::B, self::C",
                "r#dyn",
            ][..],
        ),
        joined(
            select(
                &[
                    ", priority = -3",
                    ", priority = A::<B, { C > D }>::E",
                    ", name = \"a b\"",
                    ", name = concat!(A, \"b\")",
                    ", id = a::B, name = { C }",
                    ", crate = a::b",
                ][..],
            ),
            1,
        ),
        select(&["", ","][..]),
    )
        .prop_map(|(interfaces, settings, end)| format!("{interfaces}{settings}{end}"));
    let attrs = joined(
        select(
            &[
                "/// A line.\n",
                "#[doc = include_str!(\"x\")]",
                "#[cfg(unix)]",
                "#[used]",
            ][..],
        ),
        3,
    );
    let item = select(
        &[
            "pub static SQUARE: Square = Square { side: 1.0 };",
            "static r#move: LazyLock<T> = LazyLock::new(|| { let x = 1; x == 2 });",
            "pub(crate) static A: [u8; 3] = [1, 2, 3];",
            "struct Clock;",
            "pub struct r#Box;",
            "fn r#move() { let x = 1; }",
            "pub const unsafe extern \"C\" fn a<'a>(mut a: &'a u8, [_, b]: [u8; 2]) -> &'a u8 { a }",
        ][..],
    );
    let tag = select(
        &[
            "",
            "#[tag(colour = \"red\")]",
            "#[tag(a = \"\")] #[tag(b = \"\\0\")]",
        ][..],
    );
    (arguments, attrs, tag, item)
        .prop_map(|(arguments, attrs, tag, item)| (arguments, format!("{attrs}{tag}{item}")))
}

/// Takes out, doubles, or swaps trees, at any depth.
fn damaged(tokens: TokenStream, damage: &mut impl Iterator<Item = u8>) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let tree = match tree {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), damaged(group.stream(), damage)).into()
            }
            tree => tree,
        };
        match damage.next().unwrap_or(u8::MAX) {
            0..=5 => {}
            6..=9 => trees.extend([tree.clone(), tree]),
            10..=12 => trees.insert(trees.len().saturating_sub(1), tree),
            13 => trees.push(Punct::new(',', Spacing::Alone).into()),
            _ => trees.push(tree),
        }
    }
    trees.into_iter().collect()
}

/// A stream of bytes, the same for each seed: a strategy of its own for each byte would be slow.
fn random(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    })
}

fn refused(expanded: TokenStream) -> bool {
    expanded
        .into_iter()
        .any(|tree| matches!(tree, TokenTree::Ident(ident) if ident == "compile_error"))
}

/// What is emitted for right input, with the macro that wraps it taken away, is items.
fn assert_items(expanded: TokenStream, input: &str) {
    assert!(!refused(expanded.clone()), "{input}\n{expanded}");
    let file: syn::File = syn::parse2(expanded).unwrap_or_else(|error| panic!("{error}: {input}"));
    let wrapped = file.items.iter().find_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.tokens.clone()),
        syn::Item::Const(item) => way_in(&item.expr),
        _ => None,
    });
    let wrapped: Vec<TokenTree> = wrapped.unwrap().into_iter().collect();
    let items = match &wrapped[..] {
        // Behind what a plugin is made of, its items are in braces, and then its records.
        [TokenTree::Ident(word), .., TokenTree::Group(plugin)] if word == "plugin" => {
            let plugin: Vec<TokenTree> = plugin.stream().into_iter().collect();
            let [.., TokenTree::Group(items), TokenTree::Group(_)] = &plugin[..] else {
                panic!("{input}");
            };
            items.stream()
        }
        _ => wrapped.into_iter().collect(),
    };
    syn::parse2::<syn::File>(items).unwrap_or_else(|error| panic!("{error}: {input}"));
}

/// What is given to the macro of a plugin's first interface, in the innermost block.
fn way_in(expr: &syn::Expr) -> Option<TokenStream> {
    let syn::Expr::Block(block) = expr else {
        return None;
    };
    match block.block.stmts.last()? {
        syn::Stmt::Expr(expr, _) => way_in(expr),
        syn::Stmt::Macro(call) => Some(call.mac.tokens.clone()),
        _ => None,
    }
}

fn any_tokens(cases: u32) {
    let both = (tokens(), tokens());
    TestRunner::new(config(cases))
        .run(&both, |(args, item)| {
            crate::expand_plugin(args.clone(), item.clone());
            crate::expand_interface(args, item.clone());
            crate::fallback::attribute(item);
            Ok(())
        })
        .unwrap();
}

fn damaged_items(cases: u32) {
    let items = (interface(), plugin(), any::<u64>());
    TestRunner::new(config(cases))
        .run(
            &items,
            |((args, item), (plugin_args, plugin_item), damage)| {
                let mut damage = random(damage);
                let mut damaged = |text: &str| damaged(source(text), &mut damage);
                crate::expand_interface(damaged(&args), damaged(&item));
                crate::expand_plugin(damaged(&plugin_args), damaged(&plugin_item));
                Ok(())
            },
        )
        .unwrap();
}

#[test]
fn any_tokens_have_an_answer() {
    any_tokens(CASES);
}

#[test]
fn damaged_items_have_an_answer() {
    damaged_items(CASES);
}

fn right_items(cases: u32) {
    TestRunner::new(config(cases))
        .run(
            &(interface(), plugin()),
            |((args, item), (plugin_args, plugin_item))| {
                assert_items(crate::expand_interface(source(&args), source(&item)), &item);
                let expanded = crate::expand_plugin(source(&plugin_args), source(&plugin_item));
                assert_items(expanded, &plugin_item);
                Ok(())
            },
        )
        .unwrap();
}

#[test]
fn what_is_right_becomes_items() {
    right_items(CASES / 2);
}

/// Enough to be sure. `.ci/long` runs them.
mod long {
    const CASES: u32 = 20_000;

    #[test]
    #[ignore = "long: 20000 cases"]
    fn any_tokens_have_an_answer() {
        super::any_tokens(CASES);
    }

    #[test]
    #[ignore = "long: 20000 cases"]
    fn damaged_items_have_an_answer() {
        super::damaged_items(CASES);
    }

    #[test]
    #[ignore = "long: 10000 cases"]
    fn what_is_right_becomes_items() {
        super::right_items(CASES / 2);
    }

    /// Were the time more than linear, this test would not come to its end.
    #[test]
    #[ignore = "long: 30000 of everything"]
    fn long_inputs_take_their_time_and_no_more() {
        super::long_inputs(30_000);
    }
}

#[test]
fn data_become_items() {
    for item in [
        "struct Route {}",
        "/// Docs.\n#[derive(Debug)] pub struct Route { pub path: &'static str }",
        "pub(crate) struct r#Box { #[tag(a = \"b\")] #[cfg(unix)] r#type: fn(&u8) -> Vec<u8>, }",
    ] {
        assert_items(
            crate::expand_interface(TokenStream::new(), source(item)),
            item,
        );
    }
}

#[test]
fn long_inputs_have_an_answer() {
    long_inputs(1_000);
}

fn long_inputs(length: usize) {
    let numbered = |text: &dyn Fn(usize) -> String| (0..length).map(text).collect::<String>();
    let item = || source("static A: u8 = 1;");

    for args in [
        numbered(&|index| format!("a{index} = 1, ")),
        numbered(&|index| format!("A{index}, ")),
        numbered(&|_| "A::B<C>, ".to_owned()),
        numbered(&|_| "::A".to_owned()),
        numbered(&|_| "< ".to_owned()),
        numbered(&|_| "name = ".to_owned()),
        "a".repeat(length * 20),
    ] {
        crate::expand_plugin(source(&args), item());
        crate::expand_interface(source(&args), item());
    }
    for before in [
        numbered(&|index| format!("#[tag(a{index} = \"\")] ")),
        numbered(&|index| format!("/// {index}\n")),
        numbered(&|_| "#[attribute] ".to_owned()),
        numbered(&|_| "#[cfg_attr(a, b)] ".to_owned()),
        format!("#[doc = {:?}]", " *\n".repeat(length)),
    ] {
        crate::expand_plugin(source("A"), source(&format!("{before} static A: u8 = 1;")));
        let members = format!("trait A {{ {before} fn a(); }}");
        crate::expand_interface(TokenStream::new(), source(&members));
    }
    let members = numbered(&|index| format!("fn a{index}(self: Self, b: Self) -> Self; "));
    crate::expand_interface(
        TokenStream::new(),
        source(&format!("trait A {{ {members} }}")),
    );
}

/// `cargo test -p plugin-macros --release -- --ignored fuzz`
#[test]
#[ignore = "runs until it is stopped"]
fn fuzz() {
    loop {
        any_tokens(100_000);
        damaged_items(100_000);
    }
}
