//! Interfaces that are structs: their plugins are data.

use plugin_core::{
    IPlugin, Interface as _, InterfaceKind, MemberKind, PluginRef, catalog, interface, plugin,
    plugins, slot,
};

/// A place of a site.
#[interface]
pub(crate) struct Route {
    /// Where it is.
    #[tag(format = "absolute")]
    pub(crate) path: &'static str,
    /// What is there.
    handler: fn(u32) -> u32,
}

fn double(number: u32) -> u32 {
    2 * number
}

fn square(number: u32) -> u32 {
    number * number
}

/// The front page.
#[plugin(Route, name = "index", priority = 3)]
static INDEX: Route = Route {
    path: "/",
    handler: double,
};

#[plugin(IPlugin, Route)]
#[tag(section = "numbers")]
static SQUARES: Route = Route {
    path: "/squares",
    handler: square,
};

#[interface]
pub(crate) trait IDescribed {
    fn description(&self) -> &str;
}

impl IDescribed for Route {
    fn description(&self) -> &str {
        self.path
    }
}

/// Under a trait and a struct.
#[plugin(IDescribed, self::Route)]
pub(crate) static BOTH: Route = Route {
    path: "/both",
    handler: double,
};

#[interface(one, slot = "TESTS_DATA_CLOCK")]
pub(crate) struct Clock {
    pub(crate) ticks: core::sync::atomic::AtomicU32,
}

#[plugin(Clock)]
static CLOCK: Clock = Clock {
    ticks: core::sync::atomic::AtomicU32::new(0),
};

#[test]
fn the_plugins_are_the_data_themselves() {
    let mut paths: Vec<_> = plugins::<Route>().iter().map(|route| route.path).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/", "/both", "/squares"]);
    let index = slot::<Route>().find("index").unwrap();
    assert!(std::ptr::eq(index.object, &raw const INDEX));
    assert_eq!((index.handler)(4), 8);
}

#[test]
fn they_have_all_that_plugins_have() {
    let sorted = slot::<Route>().sorted();
    assert_eq!(sorted[0].info.name(), "index");
    assert_eq!(sorted[0].info.docs(), "The front page.");
    let squares: PluginRef<Route> = "SQUARES".parse().unwrap();
    assert_eq!(squares.path, "/squares");
    assert_eq!(squares.info.tags()[0].value(), "numbers");
    assert!(squares.info.provides::<dyn IPlugin>());
    let squares_again = squares.info.query::<Route>().unwrap();
    assert!(std::ptr::eq(squares_again.object, &raw const SQUARES));
    assert_eq!(
        squares.info.downcast_ref::<Route>().unwrap().path,
        "/squares"
    );
    let both = slot::<dyn IDescribed>().find("BOTH").unwrap();
    assert_eq!(both.description(), "/both");
    assert_eq!(both.info.query::<Route>().unwrap().path, "/both");
    assert!(
        catalog()
            .interfaces()
            .contains(&<Route as plugin_core::Interface>::INFO)
    );
}

#[test]
fn one_of_them_is_shared_by_who_asks() {
    let clock = slot::<Clock>().only().unwrap();
    clock
        .ticks
        .fetch_add(2, core::sync::atomic::Ordering::Relaxed);
    assert_eq!(CLOCK.ticks.load(core::sync::atomic::Ordering::Relaxed), 2);
}

#[test]
fn the_interface_says_what_it_is() {
    let info = Route::INFO;
    assert_eq!(info.kind(), InterfaceKind::Struct);
    assert_eq!(info.docs(), "A place of a site.");
    let [path, handler] = info.members() else {
        panic!("{info}");
    };
    assert_eq!(path.kind(), MemberKind::Field);
    assert_eq!(path.signature(), "pub(crate) path: &'static str");
    assert_eq!(path.docs(), "Where it is.");
    assert_eq!(path.tags()[0].key(), "format");
    assert_eq!(handler.return_type(), "fn(u32) -> u32");
    let text = "/// A place of a site.\n\
                struct Route {\n    \
                    /// Where it is.\n    \
                    #[tag(format = \"absolute\")]\n    \
                    pub(crate) path: &'static str,\n    \
                    /// What is there.\n    \
                    handler: fn(u32) -> u32,\n\
                }";
    assert_eq!(info.to_string(), text);
    assert_eq!(<dyn IDescribed>::INFO.kind(), InterfaceKind::Trait);
}

#[test]
fn a_record_is_three_words() {
    assert_eq!(
        size_of::<plugin_core::Plugin<Route>>(),
        3 * size_of::<usize>()
    );
}
