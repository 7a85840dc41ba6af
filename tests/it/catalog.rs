//! What a program knows of itself: what is in it, what is odd about it, and why something is not.

use std::collections::BTreeSet;
use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, OnceLock};

use plugin_core::{
    Catalog, Finding, IPlugin, Interface, InterfaceInfo, PluginInfo, assert_linked, catalog,
    interface, plugin, slot, why,
};
use serde_json::Value;

use crate::{only, outside};

/// Interfaces of which one provider is wanted.
mod one {
    use super::{IPlugin, interface, plugin};

    /// Two are equally good.
    #[interface(one)]
    pub(super) trait ITied {}

    /// One is better than the others, which is what a priority is for.
    #[interface(one)]
    pub(super) trait IOverridden {}

    /// Nobody provides it.
    #[interface(one)]
    pub(super) trait IWanted {}

    impl ITied for () {}
    impl IOverridden for () {}

    #[plugin(IPlugin, ITied, IOverridden, name = "one of two", priority = 3)]
    static LEFT: () = ();

    #[plugin(IPlugin, ITied, name = "two of two", priority = 3)]
    static RIGHT: () = ();

    #[plugin(IPlugin, ITied, IOverridden, name = "default")]
    static DEFAULT: () = ();
}

/// Plugins of one name.
mod names {
    use super::{IPlugin, interface, plugin};

    #[interface]
    pub(super) trait INamed {}

    /// The same name is no matter here.
    #[interface]
    pub(super) trait IAway {}

    impl INamed for () {}
    impl IAway for () {}

    #[plugin(IPlugin, INamed, name = "namesake")]
    static FIRST: () = ();

    #[plugin(IPlugin, INamed, name = "namesake")]
    static SECOND: () = ();

    #[plugin(IPlugin, IAway, name = "namesake")]
    static ELSEWHERE: () = ();
}

/// Plugins of one name and one id.
mod alike {
    use super::{interface, plugin};

    #[interface]
    pub(super) trait IAlike {}

    impl IAlike for u8 {}

    const _: () = {
        #[plugin(IAlike)]
        static TWIN: u8 = 1;
    };

    const _: () = {
        #[plugin(IAlike)]
        static TWIN: u8 = 2;
    };
}

/// What has every field.
mod full {
    use super::{IPlugin, interface, plugin};

    /// A base.
    #[interface]
    pub(super) trait IBase {}

    /// What is written for machines.
    #[interface(one)]
    #[tag(unit = "Pa")]
    pub(super) trait IFull: IBase {
        /// A member.
        #[tag(since = "1")]
        fn member(&self, factor: u32) -> u32 {
            factor
        }

        /// An attribute.
        #[attribute]
        fn attribute(&self) -> u32;
    }

    impl IBase for u32 {}
    impl IFull for u32 {
        fn attribute(&self) -> u32 {
            *self
        }
    }

    /// A plugin.
    #[plugin(IPlugin, IBase, IFull, name = "full plugin", priority = -5)]
    #[tag(key = "value")]
    static FULL: u32 = 7;
}

/// The findings whose interface this is the only one of.
fn findings<I: ?Sized + Interface>() -> Vec<Finding> {
    let concerns = |finding: &Finding| finding.interfaces() == [I::INFO];
    let mut findings = catalog().findings().to_vec();
    findings.retain(concerns);
    findings
}

fn ids(plugins: &[&PluginInfo]) -> Vec<&'static str> {
    plugins.iter().map(|info| info.id()).collect()
}

fn paths(interfaces: &[&InterfaceInfo]) -> Vec<&'static str> {
    interfaces.iter().map(|info| info.path()).collect()
}

#[test]
fn every_interface_is_there_once_and_in_order() {
    let catalog = catalog();
    let paths = paths(catalog.interfaces());
    assert!(paths.is_sorted());
    for interface in [
        <dyn IPlugin>::INFO,
        <dyn one::IWanted>::INFO,
        <dyn names::INamed>::INFO,
        <dyn textiles::IMaterial>::INFO,
        <dyn metallurgy::IMaterial>::INFO,
        <dyn metallurgy::alloy::IMaterial>::INFO,
        <dyn safe_interface::ISafe>::INFO,
        <dyn strict::form::IForms>::INFO,
    ] {
        let count = paths.iter().filter(|path| **path == interface.path());
        assert_eq!(count.count(), 1, "{}", interface.path());
    }
}

#[test]
fn the_path_of_the_root_is_one_that_can_be_written() {
    assert_eq!(<dyn IPlugin>::INFO.path(), "plugin_core::IPlugin");
}

#[test]
fn every_plugin_is_there_once_and_in_order() {
    let catalog = catalog();
    let ids = ids(catalog.plugins());
    assert!(ids.is_sorted());
    let places: BTreeSet<_> = catalog
        .plugins()
        .iter()
        .map(|info| std::ptr::from_ref(*info))
        .collect();
    assert_eq!(places.len(), ids.len());
    for id in [
        // It is in four slots.
        "it::catalog::full::FULL",
        "it::catalog::names::ELSEWHERE",
        // It is in no list of everything.
        "metallurgy::BRONZE",
        "textiles::WOOL",
        "safe_plugin::SAFE",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn the_part_of_an_interface_is_what_concerns_it() {
    let part = catalog().of_interface("IOverridden");
    assert_eq!(paths(part.interfaces()), ["it::catalog::one::IOverridden"]);
    assert_eq!(
        ids(part.plugins()),
        ["it::catalog::one::DEFAULT", "it::catalog::one::LEFT"]
    );
    assert!(part.findings().is_empty());

    let part = catalog().of_interface("it::catalog::one::ITied");
    assert_eq!(paths(part.interfaces()), ["it::catalog::one::ITied"]);
    assert_eq!(part.plugins().len(), 3);
    assert_eq!(part.findings().len(), 1);

    let part = catalog().of_interface("metallurgy::IMaterial");
    assert_eq!(paths(part.interfaces()), ["metallurgy::IMaterial"]);
    assert!(catalog().of_interface("INowhere").plugins().is_empty());
}

#[test]
fn the_part_of_a_package_is_what_it_contributes() {
    let part = catalog().of_package("metallurgy");
    assert_eq!(
        paths(part.interfaces()),
        [
            "metallurgy::ICoin",
            "metallurgy::IMaterial",
            "metallurgy::alloy::IMaterial"
        ]
    );
    assert_eq!(
        ids(part.plugins()),
        ["metallurgy::BRONZE", "metallurgy::OLD_BRONZE"]
    );
    assert_eq!(part.packages(), [("metallurgy", "0.1.0")]);
    assert!(catalog().of_package("nowhere").interfaces().is_empty());
}

#[test]
fn every_package_that_contributes_is_listed_once() {
    let packages = catalog().packages();
    assert!(packages.is_sorted_by(|left, right| left < right));
    for package in ["plugin-tests", "textiles", "safe-interface", "safe-plugin"] {
        assert!(packages.contains(&(package, "0.1.0")), "{package}");
    }
}

#[test]
fn plugins_of_one_name_are_found() {
    let [Finding::SameName { interface, plugins }] = &findings::<dyn names::INamed>()[..] else {
        panic!("{:#?}", findings::<dyn names::INamed>());
    };
    assert_eq!(*interface, <dyn names::INamed>::INFO);
    let both = ["it::catalog::names::FIRST", "it::catalog::names::SECOND"];
    assert_eq!(ids(plugins), both);

    let text = findings::<dyn names::INamed>()[0].to_string();
    let title = "`INamed` has 2 plugins `namesake`; use these texts to find them:\n";
    assert!(text.starts_with(title), "{text}");
    for id in both {
        assert!(
            text.contains(&format!("\n  {id} (plugin-tests 0.1.0, ")),
            "{text}"
        );
    }
    assert!(findings::<dyn names::IAway>().is_empty());
}

#[test]
fn plugins_of_one_id_are_listed_by_what_finds_them() {
    let text = findings::<dyn alike::IAlike>()[0].to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[0],
        "`IAlike` has 2 plugins `TWIN`; use these texts to find them:"
    );
    for (line, number) in lines[1..].iter().zip(1..) {
        let start = format!("  it::catalog::alike::TWIN@0.1.0#{number} (plugin-tests 0.1.0, ");
        assert!(line.starts_with(&start), "{text}");
    }
    assert_eq!(lines.len(), 3, "{text}");
}

#[test]
fn what_finds_a_plugin_of_an_id_that_is_not_enough_is_here() {
    let text = "it::catalog::alike::TWIN@0.1.0#2";
    let why = why(text);
    let [info] = why.plugins() else {
        panic!("{why}");
    };
    assert_eq!(slot::<dyn alike::IAlike>().text_of(info), text);
    let line = format!("\n  in `IAlike`, find it as `{text}`\n");
    assert!(why.to_string().contains(&line), "{why}");
    assert!(!plugin_core::why("it::catalog::alike::TWIN@0.1.0#3").is_here());
    assert!(!plugin_core::why("it::catalog::full::FULL@0.1.0").is_here());
}

#[test]
fn a_tie_is_found_where_one_plugin_is_wanted() {
    let [Finding::Tie { interface, plugins }] = &findings::<dyn one::ITied>()[..] else {
        panic!("{:#?}", findings::<dyn one::ITied>());
    };
    assert_eq!(*interface, <dyn one::ITied>::INFO);
    assert_eq!(
        ids(plugins),
        ["it::catalog::one::LEFT", "it::catalog::one::RIGHT"]
    );
    let text = findings::<dyn one::ITied>()[0].to_string();
    let title = "`ITied` wants one plugin and has 2 of priority 3; \
                 give one of them a higher `priority` than the others\n  one of two (plugin-tests 0.1.0, ";
    assert!(text.starts_with(title), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
}

#[test]
fn an_override_by_priority_is_nothing_odd() {
    assert!(findings::<dyn one::IOverridden>().is_empty());
}

#[test]
fn a_plugin_that_is_wanted_and_missing_is_found() {
    let findings = findings::<dyn one::IWanted>();
    assert!(
        matches!(&findings[..], [Finding::Missing { interface }] if *interface == <dyn one::IWanted>::INFO),
        "{findings:#?}"
    );
    assert_eq!(
        findings[0].to_string(),
        "`IWanted` wants one plugin and has none"
    );
    assert!(findings[0].plugins().is_empty());
}

#[test]
fn plugins_that_a_list_of_everything_lacks_are_found() {
    let [Finding::WithoutRoot { plugins }] = &findings::<dyn IPlugin>()[..] else {
        panic!("{:#?}", findings::<dyn IPlugin>());
    };
    let ids = ids(plugins);
    assert!(ids.contains(&"textiles::WOOL"));
    assert!(!ids.contains(&"it::catalog::full::FULL"));
    let text = findings::<dyn IPlugin>()[0].to_string();
    let title = format!(
        "{} of the plugins do not list `IPlugin`, and the others do\n",
        ids.len()
    );
    assert!(text.starts_with(&title), "{text}");
    assert!(text.contains("): textiles::WOOL"), "{text}");
}

#[test]
fn two_versions_of_one_interface_are_found() {
    let printed = outside::workspace().stdout(&["run", "--package", "host", "--", "findings"]);
    let title = "`IMaterial` is in this program in 2 versions, and a host sees only the plugins of its own version; \
                 let all crates depend on one version of `imat`\n";
    let (_, rest) = printed.split_once(title).expect(&printed);
    let mut lines: Vec<_> = rest
        .lines()
        .take_while(|line| line.starts_with("  "))
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "  `imat 0.1.0` provides `imat 0.1.0`'s `IMaterial`: OWN",
            "  `imat 0.2.0` provides `imat 0.2.0`'s `IMaterial`: OWN",
            "  `third-party 4.5.6` provides `imat 0.1.0`'s `IMaterial`: both",
            "  `third-party 4.5.6` provides `imat 0.2.0`'s `IMaterial`: both",
        ]
    );
    // Two versions of a package are one finding, and a plugin of each is no namesake.
    assert_eq!(
        printed.matches("IMaterial` is in this program").count(),
        1,
        "{printed}"
    );
    assert!(!printed.contains("has 2 plugins"), "{printed}");
}

#[test]
fn the_table_keeps_everything_in_any_width() {
    let catalog = catalog();
    for text in [format!("{catalog:60}"), format!("{catalog:200}")] {
        assert!(!text.lines().any(|line| line.ends_with(' ')), "{text}");
        for info in catalog.plugins() {
            let origin = format!("{}, {}:{}", info.id(), info.file(), info.line());
            assert!(text.contains(&origin), "{origin}");
        }
        for info in catalog.interfaces() {
            let origin = format!("{}, {}:{}", info.path(), info.file(), info.line());
            assert!(text.contains(&origin), "{origin}");
        }
        let note = "\nnote: `IWanted` wants one plugin and has none\n";
        assert!(text.contains(note), "{text}");
    }
}

#[test]
fn a_narrow_table_puts_the_origin_on_a_line_of_its_own() {
    let part = catalog().of_interface("IFull");
    let (narrow, wide) = (format!("{part:60}"), format!("{part:200}"));
    let origin = "it::catalog::full::FULL, ";
    let below = |line: &str| {
        line.strip_prefix("    ")
            .is_some_and(|line| line.starts_with(origin))
    };
    assert!(narrow.lines().any(below), "{narrow}");
    assert!(!wide.lines().any(below), "{wide}");
    let line = wide.lines().find(|line| line.contains(origin)).unwrap();
    assert!(
        line.starts_with("full plugin  plugin-tests 0.1.0  -5 "),
        "{wide}"
    );
    assert!(line.ends_with(", key=value"), "{wide}");
}

fn json(catalog: &Catalog) -> Value {
    serde_json::to_value(catalog).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    // They are sorted, unless `serde_json` keeps the order.
    let mut keys: Vec<_> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn machines_read_every_part_of_a_catalog() {
    let json = json(&catalog());
    assert_eq!(
        keys(&json),
        ["findings", "interfaces", "packages", "plugins"]
    );
    let catalog = catalog();
    let count = |part: &str| json[part].as_array().unwrap().len();
    assert_eq!(count("interfaces"), catalog.interfaces().len());
    assert_eq!(count("plugins"), catalog.plugins().len());
    assert_eq!(count("packages"), catalog.packages().len());
    assert_eq!(count("findings"), catalog.findings().len());
    let packages = json["packages"].as_array().unwrap();
    let textiles = serde_json::json!({ "name": "textiles", "version": "0.1.0" });
    assert!(packages.contains(&textiles), "{packages:?}");
}

#[test]
fn machines_read_what_is_known_of_an_interface() {
    let json = json(&catalog().of_interface("IFull"));
    let info = &json["interfaces"][0];
    let expected = serde_json::json!({
        "kind": "trait",
        "name": "IFull",
        "path": "it::catalog::full::IFull",
        "docs": "What is written for machines.",
        "package": "plugin-tests",
        "version": "0.1.0",
        "file": <dyn full::IFull>::INFO.file(),
        "line": <dyn full::IFull>::INFO.line(),
        "noun": null,
        "wants_one": true,
        "tags": { "unit": "Pa" },
        "extends": ["it::catalog::full::IBase"],
        "members": [
            {
                "name": "member",
                "docs": "A member.",
                "signature": <dyn full::IFull>::INFO.members()[0].signature(),
                "parameters": [{ "name": "factor", "type": "u32" }],
                "return_type": "u32",
                "has_default": true,
                "kind": "method",
                "tags": { "since": "1" },
            },
            {
                "name": "attribute",
                "docs": "An attribute.",
                "signature": <dyn full::IFull>::INFO.members()[1].signature(),
                "parameters": [],
                "return_type": "u32",
                "has_default": false,
                "kind": "attribute",
                "tags": {},
            },
        ],
        "plugins": 1,
    });
    assert_eq!(*info, expected);
}

#[test]
fn machines_read_what_is_known_of_a_plugin() {
    let catalog = catalog().of_interface("IFull");
    let info = catalog.plugins()[0];
    let mut json = json(&catalog)["plugins"][0].take();
    let interfaces = json["interfaces"].as_array_mut().unwrap();
    interfaces.sort_unstable_by_key(Value::to_string);
    let expected = serde_json::json!({
        "name": "full plugin",
        "id": "it::catalog::full::FULL",
        "docs": "A plugin.",
        "type_name": info.type_name(),
        "package": "plugin-tests",
        "version": "0.1.0",
        "module_path": "it::catalog::full",
        "file": info.file(),
        "line": info.line(),
        "priority": -5,
        "tags": { "key": "value" },
        "interfaces": [
            "it::catalog::full::IBase",
            "it::catalog::full::IFull",
            <dyn IPlugin>::INFO.path(),
        ],
        "parameters": [],
        "schema": null,
    });
    assert_eq!(json, expected);
    let plugin = only::<dyn full::IFull>();
    assert_eq!(plugin.member(plugin.attribute()), 7);
}

#[test]
fn machines_read_what_is_odd() {
    let catalog = catalog();
    let json = json(&catalog);
    let kinds: BTreeSet<_> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect();
    for kind in ["same-name", "tie", "missing", "without-root"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    let tied = catalog.of_interface("ITied");
    let tied = serde_json::to_value(&tied).unwrap();
    assert_eq!(
        tied["findings"],
        serde_json::json!([{
            "kind": "tie",
            "message": findings::<dyn one::ITied>()[0].to_string(),
            "plugins": ["one of two", "two of two"],
        }])
    );
}

#[test]
fn a_plugin_is_here_by_name_and_by_id() {
    for name in ["full plugin", "it::catalog::full::FULL"] {
        let why = why(name);
        assert!(why.is_here());
        assert_eq!(why.name(), name);
        assert_eq!(ids(why.plugins()), ["it::catalog::full::FULL"]);
        assert!(why.interfaces().is_empty());
        let text = why.to_string();
        let title = format!("`{name}` is here: full plugin (plugin-tests 0.1.0, ");
        assert!(text.starts_with(&title), "{text}");
        assert!(text.contains("\n  id: it::catalog::full::FULL\n"), "{text}");
        assert!(text.contains("it::catalog::full::IFull"), "{text}");
    }
}

#[test]
fn all_plugins_of_a_name_are_here() {
    let why = why("namesake");
    assert_eq!(why.plugins().len(), 3);
    let text = why.to_string();
    let note = "note: `INamed` has 2 plugins `namesake`";
    assert_eq!(text.matches(note).count(), 1, "{text}");
}

#[test]
fn an_interface_is_here_by_name_and_by_path() {
    for name in ["IAway", "it::catalog::names::IAway"] {
        let why = why(name);
        assert!(why.is_here());
        assert_eq!(why.interfaces(), [<dyn names::IAway>::INFO]);
        assert_eq!(
            why.to_string(),
            "`it::catalog::names::IAway` is an interface of plugin-tests 0.1.0; \
             its plugins: namesake\n"
        );
    }
    assert!(why("IWanted").to_string().ends_with("its plugins: none\n"));
}

#[test]
fn a_package_and_its_crate_are_here() {
    for name in ["safe-plugin", "safe_plugin"] {
        let why = why(name);
        assert!(why.is_here());
        assert!(why.plugins().is_empty());
        let text = format!("`{name}` contributes: LATE, Unit, safe\n");
        assert_eq!(why.to_string(), text);
    }
}

#[test]
fn a_near_miss_is_asked_about() {
    for (name, nearest) in [
        ("full plugni", "full plugin"),
        ("IOverriden", "IOverridden"),
        ("metalurgy", "metallurgy"),
    ] {
        let why = why(name);
        assert!(!why.is_here());
        assert_eq!(why.nearest(), Some(nearest));
        let title = format!("`{name}` is not in this program; did you mean `{nearest}`?\n");
        assert!(why.to_string().starts_with(&title), "{why}");
    }
}

#[test]
fn what_is_near_to_nothing_is_answered_with_what_there_is() {
    let why = why("something of quite another kind");
    assert_eq!(why.nearest(), None);
    let text = why.to_string();
    let title = "`something of quite another kind` is not in this program\n\
                 packages that contribute: ";
    assert!(text.starts_with(title), "{text}");
    assert!(text.contains("textiles 0.1.0"), "{text}");
}

#[test]
fn a_name_with_control_characters_stays_on_one_line() {
    let why = why("two\nlines\t\u{1b}[31m");
    assert_eq!(why.name(), "two\nlines\t\u{1b}[31m");
    let text = why.to_string();
    let first = text.lines().next().unwrap();
    assert_eq!(first, r"`two\nlines\t\u{1b}[31m` is not in this program");
    assert!(!text.contains(['\t', '\u{1b}']), "{text:?}");
}

#[test]
fn machines_read_why() {
    let json = serde_json::to_value(why("full plugni")).unwrap();
    assert_eq!(
        keys(&json),
        [
            "explanation",
            "interfaces",
            "is_here",
            "name",
            "nearest",
            "plugins",
            "silent",
            "unused"
        ]
    );
    assert_eq!(json["name"], "full plugni");
    assert_eq!(json["is_here"], false);
    assert_eq!(json["nearest"], "full plugin");
    assert_eq!(json["explanation"], why("full plugni").to_string());
    let here = serde_json::to_value(why("full plugin")).unwrap();
    assert_eq!(here["plugins"][0]["id"], "it::catalog::full::FULL");
}

/// The message and the line of the panic of a function.
fn panic(function: fn()) -> (String, String, u32) {
    static SEEN: Mutex<Option<(String, u32)>> = Mutex::new(None);
    static HOOK: OnceLock<()> = OnceLock::new();
    // One at a time: there is one hook.
    static TURN: Mutex<()> = Mutex::new(());

    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    HOOK.get_or_init(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            let location = info.location().unwrap();
            let is_ours = info
                .payload()
                .downcast_ref::<String>()
                .is_some_and(|message| message.contains("is not in this program"));
            if is_ours {
                let seen = (location.file().to_owned(), location.line());
                *SEEN.lock().unwrap() = Some(seen);
            } else {
                before(info);
            }
        }));
    });
    let payload = panic::catch_unwind(function).unwrap_err();
    let message = payload.downcast_ref::<String>().unwrap().clone();
    let (file, line) = SEEN.lock().unwrap().take().unwrap();
    (message, file, line)
}

#[test]
fn what_is_linked_is_asserted_in_silence() {
    assert_linked(&[]);
    assert_linked(&["full plugin", "textiles::WOOL", "IFull", "safe-plugin"]);
}

#[test]
fn an_assertion_fails_with_every_explanation_at_the_line_of_its_caller() {
    const LINE: u32 = line!() + 2;
    let (message, file, line) = panic(|| {
        assert_linked(&["full plugin", "full plugni", "textiles", "unheard of"]);
    });
    let expected = format!("{}\n\n{}", why("full plugni"), why("unheard of"));
    assert_eq!(message, expected);
    assert_eq!((file.as_str(), line), (file!(), LINE));
}

#[test]
fn a_package_of_interfaces_alone_is_here() {
    let why = why("safe-interface");
    assert!(why.is_here(), "{why}");
    assert_linked(&["safe-interface", "safe_interface", "plugin-core"]);
}
