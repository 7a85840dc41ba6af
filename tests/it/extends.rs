//! Which supertraits an interface is said to extend.

use std::any::Any;
use std::fmt::Debug;

use plugin_core::{Interface, interface, plugin};

use crate::only;

#[interface]
trait IBase {
    fn base(&self) -> u32 {
        1
    }
}

mod elsewhere {
    #[plugin_core::interface]
    pub(super) trait IOther {}
}

use elsewhere::IOther as IRenamed;

#[interface]
trait IMixed:
    Debug
    + IBase
    + Any
    + AsRef<str>
    + PartialEq<u8>
    + for<'a> Extend2<&'a u8>
    + IRenamed
    + Send
    + 'static
{
}

trait Extend2<T> {}

#[interface]
trait IClause
where
    Self: Debug + IBase,
    Self: IRenamed,
    u8: Into<u32>,
{
}

#[interface]
trait IPlain: Debug + Any {}

#[interface]
trait IAlone {}

#[interface]
trait IThird: IClause {
    fn third(&self) -> u32 {
        self.base() + 2
    }
}

#[derive(Debug, PartialEq)]
struct Object;

impl IBase for Object {}
impl IRenamed for Object {}
impl IClause for Object {}
impl IThird for Object {}
impl IPlain for Object {}
impl IAlone for Object {}
impl IMixed for Object {}
impl<T> Extend2<T> for Object {}
impl AsRef<str> for Object {
    fn as_ref(&self) -> &'static str {
        "object"
    }
}
impl PartialEq<u8> for Object {
    fn eq(&self, _other: &u8) -> bool {
        false
    }
}

#[plugin(IBase, IMixed, IPlain, IAlone, elsewhere::IOther)]
static MIXED: Object = Object;

#[plugin(IThird, IClause, IRenamed, IBase)]
static THIRD: Object = Object;

fn extended<I: ?Sized + Interface>() -> Vec<&'static str> {
    I::INFO.extends().iter().map(|base| base.path()).collect()
}

const BASE: &str = concat!(module_path!(), "::IBase");
const OTHER: &str = concat!(module_path!(), "::elsewhere::IOther");

#[test]
fn only_supertraits_that_are_interfaces_are_extended() {
    assert_eq!(extended::<dyn IMixed>(), [BASE, OTHER]);
    assert!(extended::<dyn IPlain>().is_empty());
    assert!(extended::<dyn IAlone>().is_empty());
}

#[test]
fn a_where_clause_extends_as_well() {
    assert_eq!(extended::<dyn IClause>(), [BASE, OTHER]);
}

#[test]
fn only_the_nearest_bases_are_listed() {
    assert_eq!(
        extended::<dyn IThird>(),
        [concat!(module_path!(), "::IClause")]
    );
}

#[test]
fn an_extended_interface_is_the_same_as_the_interface() {
    assert!(<dyn IClause>::INFO.extends()[0] == <dyn IBase>::INFO);
    assert!(std::ptr::eq(
        <dyn IClause>::INFO.extends()[0],
        <dyn IBase>::INFO
    ));
}

#[test]
fn a_supertrait_is_at_hand_through_the_interface() {
    let mixed = only::<dyn IMixed>();
    assert_eq!(format!("{:?}", mixed.object), "Object");
    let text: &str = mixed.as_ref();
    assert_eq!(text, "object");
    assert!(*mixed.object != 1);
    assert_eq!(only::<dyn IThird>().third(), 3);
    let upcast: &dyn Any = only::<dyn IPlain>().object;
    assert!(upcast.is::<Object>());
}

#[test]
fn a_plugin_is_found_under_each_base_that_it_lists() {
    for name in ["MIXED", "THIRD"] {
        let found = plugin_core::plugins::<dyn IBase>().iter();
        assert_eq!(found.filter(|plugin| plugin.info.name() == name).count(), 1);
    }
    assert_eq!(only::<dyn IClause>().info.name(), "THIRD");
}
