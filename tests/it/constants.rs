//! Names, ids, and priorities that are constants.

use plugin_core::{PluginRef, interface, plugin, slot};

#[interface]
pub(crate) trait IMetric {}

pub(crate) struct Metric;

impl IMetric for Metric {}

mod names {
    pub(crate) const PREFIX: &str = "requests";
    pub(crate) const HIGH: i32 = 7;
    pub(crate) const TEXT: &str = "a constant that is called as one of the expansion";
}
use names::{HIGH, PREFIX, TEXT};

#[plugin(IMetric, name = PREFIX, priority = HIGH)]
static BY_CONSTANT: Metric = Metric;

#[plugin(IMetric, name = names::TEXT, priority = -HIGH)]
static BY_PATH: Metric = Metric;

/// With docs.
#[plugin(IMetric, name = concat!("a", "-", 1), id = "metrics::a")]
static BY_CONCAT: Metric = Metric;

#[plugin(IMetric, id = concat!("metrics", "::", "b"))]
static BY_ID: Metric = Metric;

#[plugin(IMetric, name = env!("CARGO_PKG_NAME"), priority = { if PREFIX.len() > 3 { 2 } else { 1 } })]
static BY_ENV: Metric = Metric;

macro_rules! metric {
    ($ident:ident, $metric:ident, $name:expr, $priority:expr) => {
        #[plugin(IMetric, name = stringify!($metric), priority = $priority)]
        #[tag(given = "expr")]
        static $metric: Metric = Metric;

        #[plugin(IMetric, name = $name)]
        static $ident: Metric = Metric;
    };
}
metric!(FIRST, LATENCY, "literal in an expression", 4);
metric!(SECOND, ERRORS, PREFIX_OF_ERRORS, -4 + 1);
const PREFIX_OF_ERRORS: &str = "errors in all";

fn find(name: &str) -> PluginRef<dyn IMetric> {
    name.parse().unwrap()
}

#[test]
fn names_are_found() {
    assert_eq!(find("requests").info.priority(), 7);
    assert_eq!(find(TEXT).info.priority(), -7);
    assert_eq!(find("a-1").info.docs(), "With docs.");
    assert_eq!(find("plugin-tests").info.priority(), 2);
    assert_eq!(find("LATENCY").info.priority(), 4);
    assert_eq!(find("ERRORS").info.priority(), -3);
    assert_eq!(find("literal in an expression").info.line(), line());
    assert_eq!(find("errors in all").info.name(), "errors in all");
}

fn line() -> u32 {
    find("LATENCY").info.line()
}

#[test]
fn ids_are_found_and_leave_the_rest_as_it_is() {
    let by_id = find("metrics::a");
    assert_eq!(by_id.info.name(), "a-1");
    assert_eq!(by_id.info.id(), "metrics::a");
    assert_eq!(by_id.info.module_path(), module_path!());
    assert_eq!(by_id.info.package(), "plugin-tests");
    assert_eq!(by_id.info.file(), file!());
    let by_id = find("metrics::b");
    assert_eq!(by_id.info.name(), "BY_ID");
    assert_eq!(by_id.info.module_path(), module_path!());
    assert!(slot::<dyn IMetric>().find("constants::BY_ID").is_err());
}

#[test]
fn an_id_without_a_constant_is_the_path() {
    let info = find("requests").info;
    assert_eq!(info.id(), concat!(module_path!(), "::BY_CONSTANT"));
    assert_eq!(info.module_path(), module_path!());
    assert_eq!(info.version(), env!("CARGO_PKG_VERSION"));
}
