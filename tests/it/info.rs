//! What is known of a plugin, and how one of its interfaces leads to another.

use std::collections::HashSet;

use plugin_core::{IPlugin, Interface, Plugin, PluginInfo, interface, plugin, plugins, slot};

use crate::only;

#[interface]
trait IFirst {
    fn first(&self) -> u32;
}

#[interface]
trait ISecond {
    fn second(&self) -> u32;
}

#[interface]
trait IThird {}

#[interface]
trait IFourth {}

#[interface]
trait IForeign {}

struct Object(u32);

impl IFirst for Object {
    fn first(&self) -> u32 {
        self.0 + 1
    }
}

impl ISecond for Object {
    fn second(&self) -> u32 {
        self.0 + 2
    }
}

impl IThird for Object {}
impl IFourth for Object {}
// Provided, but not listed.
impl IForeign for Object {}

const LINE_BEFORE: u32 = line!();
#[plugin(ISecond, IFourth, IPlugin, IFirst, IThird, name = "öbject \"1\" {}", priority = -2147483648)]
#[tag(color = "red")]
#[tag(type = "test")]
static OBJECT: Object = Object(10);

#[plugin(IPlugin, priority = 2147483647)]
static PLAIN: &str = "plain";

fn plain() -> &'static Plugin<dyn IPlugin> {
    let mut plugins = plugins::<dyn IPlugin>().iter();
    plugins
        .find(|plugin| plugin.info.downcast_ref::<&str>() == Some(&PLAIN))
        .unwrap()
}

#[test]
fn a_plugin_knows_where_it_was_declared() {
    let info = only::<dyn IFirst>().info;
    assert_eq!(info.id(), concat!(module_path!(), "::OBJECT"));
    assert_eq!(info.module_path(), module_path!());
    assert_eq!(info.package(), "plugin-tests");
    assert_eq!(info.version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(info.file(), file!());
    assert_eq!(info.line(), LINE_BEFORE + 1);
    assert_eq!(info.type_name(), concat!(module_path!(), "::Object"));
    assert_eq!(plain().info.type_name(), "&str");
}

#[test]
fn a_plugin_has_the_name_that_it_is_given_or_that_of_its_static() {
    assert_eq!(only::<dyn IFirst>().info.name(), "öbject \"1\" {}");
    assert_eq!(plain().info.name(), "PLAIN");
}

#[test]
fn a_priority_may_be_any_i32() {
    assert_eq!(only::<dyn IFirst>().info.priority(), i32::MIN);
    assert_eq!(plain().info.priority(), i32::MAX);
}

#[test]
fn a_plugin_keeps_its_tags_in_order() {
    let tags = only::<dyn IFirst>().info.tags().iter();
    let tags: Vec<_> = tags.map(|tag| (tag.key(), tag.value())).collect();
    assert_eq!(tags, [("color", "red"), ("type", "test")]);
    assert!(plain().info.tags().is_empty());
    let info = only::<dyn IFirst>().info;
    assert_eq!(info.tag("color"), Some("red"));
    assert_eq!(info.tag("type"), Some("test"));
    assert_eq!(info.tag("colo"), None);
    assert_eq!(plain().info.tag("color"), None);
}

#[test]
fn interfaces_are_in_the_order_of_the_list() {
    let interfaces = only::<dyn IThird>().info.interfaces().iter();
    let names: Vec<_> = interfaces.map(|interface| interface.name()).collect();
    assert_eq!(names, ["ISecond", "IFourth", "IPlugin", "IFirst", "IThird"]);
}

#[test]
fn a_plugin_is_in_the_slot_of_each_interface_with_one_info() {
    let first = only::<dyn IFirst>();
    assert_eq!(first.first(), 11);
    assert_eq!(only::<dyn ISecond>().second(), 12);
    let infos = [
        only::<dyn ISecond>().info,
        only::<dyn IThird>().info,
        only::<dyn IFourth>().info,
    ];
    for info in infos {
        assert!(std::ptr::eq(first.info, info));
    }
    let root = plugins::<dyn IPlugin>().iter();
    assert_eq!(
        root.filter(|plugin| std::ptr::eq(plugin.info, first.info))
            .count(),
        1
    );
}

#[test]
fn a_query_leads_to_every_listed_interface_of_the_same_object() {
    let info = only::<dyn IThird>().info;
    let first = info.query::<dyn IFirst>().unwrap();
    assert_eq!(first.first(), 11);
    assert!(std::ptr::eq(first.info, info));
    assert!(std::ptr::addr_eq(first.object, &raw const OBJECT));
    assert_eq!(info.query::<dyn ISecond>().unwrap().second(), 12);
    assert!(info.query::<dyn IThird>().is_some());
    assert!(info.query::<dyn IPlugin>().is_some());
}

#[test]
fn a_query_for_what_is_not_listed_gives_nothing() {
    let info = only::<dyn IThird>().info;
    assert!(info.query::<dyn IForeign>().is_none());
    assert!(plain().info.query::<dyn IFirst>().is_none());
}

#[test]
fn provides_speaks_of_the_list() {
    let info = only::<dyn IThird>().info;
    assert!(info.provides::<dyn IFirst>());
    assert!(info.provides::<dyn IFourth>());
    assert!(!info.provides::<dyn IForeign>());
    assert!(!plain().info.provides::<dyn IFirst>());
}

#[test]
fn an_object_is_given_back_as_its_own_type_and_no_other() {
    let info = only::<dyn IFirst>().info;
    assert!(std::ptr::eq(
        info.downcast_ref::<Object>().unwrap(),
        &raw const OBJECT
    ));
    assert!(info.downcast_ref::<u32>().is_none());
    // What is asked of a plugin within is not what users ask for.
    assert!(info.downcast_ref::<&'static dyn IFirst>().is_none());
}

#[test]
fn a_slot_gives_the_plugins_of_one_type() {
    let objects = slot::<dyn IPlugin>().of_type::<Object>();
    let [object] = objects.clone().collect::<Vec<_>>()[..] else {
        panic!("{:?}", objects.collect::<Vec<_>>());
    };
    assert!(std::ptr::eq(object.object, &raw const OBJECT));
    assert_eq!((object.0, object.info), (10, only::<dyn IFirst>().info));
    assert_eq!(slot::<dyn IFirst>().of_type::<u32>().count(), 0);
    // In the slot's order, from either end.
    let units = || slot::<dyn IPlugin>().of_type::<()>().map(|unit| unit.info);
    let all = plugins::<dyn IPlugin>().iter().map(|plugin| plugin.info);
    let is_unit = |info: &&PluginInfo| info.downcast_ref::<()>().is_some();
    let expected: Vec<_> = all.filter(is_unit).collect();
    assert!(expected.len() > 1);
    assert_eq!(units().collect::<Vec<_>>(), expected);
    assert!(units().rev().eq(expected.into_iter().rev()));
}

#[test]
fn plugins_are_equal_whichever_way_they_are_found() {
    let first = *only::<dyn IFirst>();
    let again = only::<dyn IThird>().info.query::<dyn IFirst>().unwrap();
    assert_eq!(first, again);
    assert_ne!(*plain(), first.info.query().unwrap());
    assert_eq!(HashSet::from([first, again]).len(), 1);
    let infos = plugins::<dyn IPlugin>().iter().map(|plugin| plugin.info);
    let set: HashSet<_> = infos.clone().chain(infos).collect();
    assert_eq!(set.len(), plugins::<dyn IPlugin>().len());
}

#[test]
fn debug_output_names_the_plugin_and_its_interfaces() {
    assert_eq!(
        format!("{:?}", only::<dyn IFirst>()),
        "Plugin { name: \"öbject \\\"1\\\" {}\", id: \"it::info::OBJECT\", \
         interfaces: [\"ISecond\", \"IFourth\", \"IPlugin\", \"IFirst\", \"IThird\"] }"
    );
    assert!(format!("{:?}", plain().info).starts_with("PluginInfo { name: \"PLAIN\""));
}

#[test]
#[cfg(target_pointer_width = "64")]
fn a_plugin_is_four_words() {
    assert_eq!(size_of::<Plugin<dyn IFirst>>(), 32);
    assert_eq!(size_of::<Plugin<dyn IPlugin>>(), 32);
}

#[interface]
trait IShadow {
    fn name(&self) -> &'static str {
        "the member"
    }
    fn info(&self) -> u8 {
        1
    }
    fn object(&self) -> u8 {
        2
    }
    fn deref(&self) -> u8 {
        3
    }
    fn query(&self) -> u8 {
        4
    }
}

impl IShadow for Object {}

#[plugin(IShadow, name = "shadow")]
static SHADOW: Object = Object(0);

#[test]
fn an_interface_may_have_members_called_as_what_a_plugin_has() {
    let plugin = only::<dyn IShadow>();
    assert_eq!(plugin.name(), "the member");
    assert_eq!(plugin.info.name(), "shadow");
    assert_eq!(
        [
            plugin.info(),
            plugin.object(),
            plugin.deref(),
            plugin.query()
        ],
        [1, 2, 3, 4]
    );
}

#[interface]
trait IEmpty {}

#[test]
fn an_empty_slot_is_an_empty_slice() {
    assert!(plugins::<dyn IEmpty>().is_empty());
    assert!(plugin_core::slot::<dyn IEmpty>().plugins().is_empty());
    assert!(<dyn IEmpty>::slot().plugins().is_empty());
}

#[test]
fn a_slot_gives_the_same_slice_each_time() {
    let once = plugins::<dyn IPlugin>();
    assert!(std::ptr::eq(once, plugins::<dyn IPlugin>()));
    assert!(std::ptr::eq(once, <dyn IPlugin>::slot().plugins()));
}
