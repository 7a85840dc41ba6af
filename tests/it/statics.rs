//! What may be a plugin, and where.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use plugin_core::{IPlugin, Plugin, interface, plugin, plugins};

use crate::only;

#[interface(lazy = false)]
trait IAny {}

impl<T: Send + Sync> IAny for T {}

struct Generic<T, const N: usize>([T; N]);

enum Choice {
    Second(u8),
}

union Bits {
    integer: u32,
}

const fn compute(from: u32) -> u32 {
    from * 2
}

#[plugin(IAny)]
static INTEGER: u32 = compute(21) + 1;
#[plugin(IAny)]
static TEXT: &str = "text";
#[plugin(IAny)]
static STRING: String = String::new();
#[plugin(IAny)]
static TUPLE: (u8, &[u8], ()) = (1, &[2, 3], ());
#[plugin(IAny)]
static ARRAY: [[u8; 2]; 2] = [[1, 2], [3, 4]];
#[plugin(IAny)]
static FUNCTION: fn(u32) -> u32 = compute;
#[plugin(IAny)]
static GENERIC: Generic<Option<&'static str>, { 1 + 1 }> = Generic::<_, 2>([None, Some("two")]);
#[plugin(IAny)]
static CHOICE: Choice = Choice::Second(2);
#[plugin(IAny)]
static BITS: Bits = Bits { integer: 1 };
#[plugin(IAny)]
static OBJECT: &(dyn Fn(u32) -> u32 + Send + Sync) = &|number| number + 1;
#[plugin(IAny)]
static OPTION: Option<Box<dyn Fn() + Send + Sync>> = None;
#[plugin(IAny)]
static MUTEX: Mutex<Cell<u32>> = Mutex::new(Cell::new(1));
#[plugin(IAny)]
static ATOMIC: AtomicU32 = AtomicU32::new(1);
#[plugin(IAny)]
static ONCE: OnceLock<Vec<String>> = OnceLock::new();
#[plugin(IAny)]
static MAP: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
#[plugin(IAny)]
static UNIT: () = ();

#[test]
fn a_static_of_any_type_is_a_plugin() {
    let mut names: Vec<_> = plugins::<dyn IAny>()
        .iter()
        .map(|plugin| plugin.info.name())
        .collect();
    names.sort_unstable();
    let expected = [
        "ARRAY", "ATOMIC", "BITS", "CHOICE", "FUNCTION", "GENERIC", "INTEGER", "MAP", "MUTEX",
        "OBJECT", "ONCE", "OPTION", "STRING", "TEXT", "TUPLE", "UNIT",
    ];
    assert_eq!(names, expected);
}

#[test]
fn the_object_is_the_static_itself() {
    fn is<T>(plugin: &Plugin<dyn IAny>, object: &T) -> bool {
        ptr::addr_eq(plugin.object, object)
    }
    for plugin in plugins::<dyn IAny>() {
        let same = match plugin.info.name() {
            "INTEGER" => is(plugin, &INTEGER),
            "TEXT" => is(plugin, &TEXT),
            "STRING" => is(plugin, &STRING),
            "TUPLE" => is(plugin, &TUPLE),
            "ARRAY" => is(plugin, &ARRAY),
            "FUNCTION" => is(plugin, &FUNCTION),
            "GENERIC" => is(plugin, &GENERIC),
            "CHOICE" => is(plugin, &CHOICE),
            "BITS" => is(plugin, &BITS),
            "OBJECT" => is(plugin, &OBJECT),
            "OPTION" => is(plugin, &OPTION),
            "MUTEX" => is(plugin, &MUTEX),
            "ATOMIC" => is(plugin, &ATOMIC),
            "ONCE" => is(plugin, &ONCE),
            "MAP" => is(plugin, &MAP),
            // An object without a size has no place of its own.
            "UNIT" => true,
            _ => false,
        };
        assert!(same, "{plugin:?}");
    }
    assert_eq!(
        (FUNCTION(INTEGER), OBJECT(1), TUPLE.1.len() + ARRAY.len()),
        (86, 2, 4)
    );
    assert_eq!(GENERIC.0[1], Some("two"));
    let Choice::Second(number) = &CHOICE;
    assert_eq!(*number, 2);
    // SAFETY: The union has one field, and it is initialised.
    assert_eq!(unsafe { BITS.integer }, 1);
}

#[interface]
trait ICounter {
    fn count(&self) -> u32;
}

impl ICounter for AtomicU32 {
    fn count(&self) -> u32 {
        self.fetch_add(1, Ordering::Relaxed)
    }
}

#[plugin(ICounter)]
static COUNTER: AtomicU32 = AtomicU32::new(7);

#[test]
fn a_call_changes_the_static() {
    assert_eq!(only::<dyn ICounter>().count(), 7);
    assert_eq!(COUNTER.load(Ordering::Relaxed), 8);
}

#[interface]
trait IPlace {}

impl IPlace for &str {}

#[plugin(IPlace)]
static PRIVATE: &str = "a private static";
#[plugin(IPlace)]
pub(crate) static OF_THE_CRATE: &str = "a static of the crate";

mod outer {
    pub(super) mod inner {
        #[plugin_core::plugin(crate::statics::IPlace)]
        pub(in crate::statics) static INNER: &str = "in a module";
    }
}

const _: () = {
    #[plugin(IPlace)]
    static IN_CONST: &str = "in a constant";
};

const _: () = {
    #[plugin(IPlace)]
    static IN_CONST: &str = "in another constant";
};

static _IN_STATIC: u8 = {
    #[plugin(IPlace)]
    static IN_STATIC: &str = "in a static";
    0
};

fn never_called<T>(_: T) {
    #[plugin(IPlace)]
    static IN_FUNCTION: &str = "in a generic function that is never called";

    let closure = || {
        #[plugin(IPlace)]
        static IN_CLOSURE: &str = "in a closure";
    };
    closure();
}

struct Owner;

impl Owner {
    #[allow(dead_code)]
    fn method(&self) -> &Self {
        #[plugin(IPlace)]
        static IN_METHOD: &str = "in a method";
        self
    }
}

#[test]
fn a_plugin_may_be_declared_anywhere() {
    #[plugin(IPlace)]
    static IN_TEST: &str = "in a test";

    // Only named: what is in a function is a plugin whether or not the function runs.
    let _: fn(u8) = never_called::<u8>;
    let mut found: Vec<_> = plugins::<dyn IPlace>()
        .iter()
        .map(|plugin| {
            plugin
                .info
                .id()
                .strip_prefix(concat!(module_path!(), "::"))
                .unwrap()
        })
        .collect();
    found.sort_unstable();
    let expected = [
        "IN_CLOSURE",
        "IN_CONST",
        "IN_CONST",
        "IN_FUNCTION",
        "IN_METHOD",
        "IN_STATIC",
        "IN_TEST",
        "OF_THE_CRATE",
        "PRIVATE",
        "outer::inner::INNER",
    ];
    assert_eq!(found, expected);
    assert_eq!(outer::inner::INNER, "in a module");
    assert_eq!(
        (PRIVATE, OF_THE_CRATE),
        ("a private static", "a static of the crate")
    );
    let _ = Owner.method();
}

#[test]
fn a_binary_may_declare_and_register_and_list() {
    let registers = std::process::Command::new(env!("CARGO_BIN_EXE_registers"))
        .output()
        .unwrap();
    let output = String::from_utf8(registers.stdout).unwrap();
    let mut lines: Vec<_> = output.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "registers::POLITE: good morning",
            "registers::nested::RUDE: oi"
        ]
    );
}

#[interface]
trait IUnit {
    fn unit(&self) -> &'static str;
}

/// A struct that is a plugin, and a type as before.
#[plugin(IUnit, IPlugin, name = "unit", priority = -3)]
#[tag(kind = "struct")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit;

impl IUnit for Unit {
    fn unit(&self) -> &'static str {
        "unit"
    }
}

#[test]
fn a_unit_struct_is_a_plugin() {
    let plugin = only::<dyn IUnit>();
    assert_eq!(plugin.unit(), "unit");
    assert_eq!(plugin.info.name(), "unit");
    assert_eq!(plugin.info.id(), concat!(module_path!(), "::Unit"));
    assert_eq!(plugin.info.priority(), -3);
    assert_eq!(plugin.info.tags()[0].value(), "struct");
    assert_eq!(plugin.info.downcast_ref::<Unit>(), Some(&Unit));
}

#[interface]
trait IConfigured {}

impl IConfigured for u8 {}

#[cfg(test)]
#[plugin(IConfigured)]
static ON_BEFORE: u8 = 1;
#[plugin(IConfigured)]
#[cfg(test)]
static ON_AFTER: u8 = 1;
#[cfg_attr(test, plugin(IConfigured))]
static ON_ATTRIBUTE: u8 = 1;
#[cfg(any())]
#[plugin(IConfigured)]
static OFF_BEFORE: u8 = 1;
#[plugin(IConfigured)]
#[cfg(any())]
static OFF_AFTER: u8 = 1;
#[cfg_attr(any(), plugin(IConfigured))]
static OFF_ATTRIBUTE: u8 = 1;

#[test]
fn a_plugin_is_there_when_its_cfg_holds() {
    let mut names: Vec<_> = plugins::<dyn IConfigured>()
        .iter()
        .map(|plugin| plugin.info.name())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["ON_AFTER", "ON_ATTRIBUTE", "ON_BEFORE"]);
    assert_eq!(ON_BEFORE + ON_AFTER + ON_ATTRIBUTE + OFF_ATTRIBUTE, 4);
}
