//! Plugins that one test makes for itself.

use std::sync::atomic::{AtomicU32, Ordering};

use plugin_core::{FindError, Interface, Plugin, PluginRef, catalog, interface, plugin, slot};

#[interface]
trait IBase {}

#[interface]
trait ICounter: IBase {
    fn count(&self) -> u32;
}

struct Counter(AtomicU32);

impl IBase for Counter {}

impl ICounter for Counter {
    fn count(&self) -> u32 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

#[plugin(IBase, ICounter, name = "real")]
static REAL: Counter = Counter(AtomicU32::new(0));

/// A function of a host.
fn sum(counters: &[Plugin<dyn ICounter>]) -> u32 {
    counters.iter().map(|counter| counter.count()).sum()
}

#[test]
fn a_double_is_the_object_that_it_was_made_of() {
    let counter: &'static Counter = Box::leak(Box::new(Counter(AtomicU32::new(5))));
    let double = Plugin::<dyn ICounter>::for_test("double", counter);
    assert_eq!(sum(&[double, double]), 11);
    assert_eq!(counter.0.load(Ordering::Relaxed), 7);
    assert_eq!(PluginRef::from(double).count(), 7);
    let object: *const dyn ICounter = double.object;
    assert!(std::ptr::addr_eq(object, counter));
    let again = double.info.query::<dyn ICounter>().unwrap();
    assert_eq!(again, double);
    assert_eq!(again.count(), 8);
}

#[test]
fn a_double_says_where_it_was_made() {
    static COUNTER: Counter = Counter(AtomicU32::new(0));

    let line = line!() + 1;
    let info = Plugin::<dyn ICounter>::for_test("double", &COUNTER).info;
    assert_eq!((info.name(), info.id()), ("double", "double"));
    assert_eq!((info.file(), info.line()), (file!(), line));
    assert_eq!((info.package(), info.version()), ("", ""));
    assert_eq!((info.module_path(), info.docs()), ("", ""));
    assert_eq!(info.type_name(), "dyn it::double::ICounter");
    assert!(info.downcast_ref::<Counter>().is_none());
    assert_eq!((info.priority(), info.tags().len()), (0, 0));
    assert_eq!(info.interfaces(), [<dyn ICounter>::INFO]);
    assert!(!info.provides::<dyn IBase>());
    assert_eq!(info.to_string(), format!("double ({}:{line})", file!()));
}

#[test]
fn nobody_else_finds_a_double() {
    static COUNTER: Counter = Counter(AtomicU32::new(0));

    let double = Plugin::<dyn ICounter>::for_test("double", &COUNTER);
    let other = Plugin::<dyn ICounter>::for_test("double", &COUNTER);
    assert_ne!(double, other);
    assert_ne!(PluginRef::from(double), PluginRef::from(other));
    assert_eq!(PluginRef::from(double).to_string(), "double");
    let found = slot::<dyn ICounter>().find("double");
    assert!(matches!(found, Err(FindError::NotFound(_))));
    assert!(!catalog().plugins().contains(&double.info));
    // Also where it is called as a plugin of the slot is.
    let real = Plugin::<dyn ICounter>::for_test("real", &COUNTER);
    assert_ne!(*slot::<dyn ICounter>().find("real").unwrap(), real);
}

#[test]
fn a_double_may_be_made_on_first_use() {
    use std::sync::LazyLock;

    static LAZY: LazyLock<Counter> = LazyLock::new(|| Counter(AtomicU32::new(3)));

    let double: Plugin<dyn ICounter> = Plugin::for_test("lazy", &LAZY);
    assert_eq!(double.count(), 3);
}

#[test]
fn a_double_may_be_an_object_of_any_type() {
    let boxed: Box<dyn ICounter> = Box::new(Counter(AtomicU32::new(4)));
    let double = Plugin::for_test("boxed", &*Box::leak(boxed));
    assert_eq!(double.info.query::<dyn ICounter>().unwrap().count(), 4);
}

#[test]
#[should_panic = "a plugin's name cannot contain control characters"]
fn a_name_with_a_control_character_is_refused() {
    _ = Plugin::<dyn ICounter>::for_test("a\0b", &REAL);
}

#[test]
fn an_empty_name_is_refused() {
    let panic = std::panic::catch_unwind(|| Plugin::<dyn ICounter>::for_test("", &REAL));
    let message = panic.unwrap_err().downcast::<&str>().unwrap();
    // It cannot be left out, as that of `#[plugin]` can.
    assert_eq!(*message, "a plugin's name cannot be empty");
}

#[interface]
struct Limit {
    most: u32,
}

#[test]
fn data_have_doubles_too() {
    let double = Plugin::<Limit>::for_test("double", &Limit { most: 3 });
    assert_eq!(double.most, 3);
    assert_eq!(double.info.query::<Limit>().unwrap().most, 3);
}
