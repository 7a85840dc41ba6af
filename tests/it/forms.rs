//! Where an interface may be declared, and how it may be written.

use plugin_core::{Interface, interface, plugin, slot};

use crate::only;

struct Seven;

mod visible {
    use super::{Seven, interface, plugin};

    // Nobody outside could reach it, which is the point.
    #[allow(unreachable_pub)]
    #[interface]
    pub trait IPublic {
        fn public(&self) -> u32 {
            7
        }
    }
    impl IPublic for Seven {}

    #[interface]
    pub(crate) trait ICrate {
        fn of_the_crate(&self) -> u32 {
            7
        }
    }
    impl ICrate for Seven {}

    #[interface]
    pub(super) trait ISuper {
        fn of_the_parent(&self) -> u32 {
            7
        }
    }
    impl ISuper for Seven {}

    #[interface]
    trait IPrivate {
        fn private(&self) -> u32 {
            7
        }
    }
    impl IPrivate for Seven {}

    pub(super) mod deep {
        #[plugin_core::interface]
        pub(in crate::forms) trait IWithin {
            fn within(&self) -> u32 {
                7
            }
        }
        impl IWithin for super::Seven {}
    }

    #[plugin(IPublic, ICrate, ISuper, IPrivate, deep::IWithin)]
    static SEVEN: Seven = Seven;

    #[test]
    fn a_private_interface_has_its_plugins() {
        assert_eq!(crate::only::<dyn IPrivate>().private(), 7);
    }
}

#[test]
fn an_interface_may_have_any_visibility() {
    assert_eq!(only::<dyn visible::IPublic>().public(), 7);
    assert_eq!(only::<dyn visible::ICrate>().of_the_crate(), 7);
    assert_eq!(only::<dyn visible::ISuper>().of_the_parent(), 7);
    assert_eq!(only::<dyn visible::deep::IWithin>().within(), 7);
}

const LINE_BEFORE: u32 = line!();
#[interface]
trait IPlace {}

#[test]
fn an_interface_knows_where_it_was_declared() {
    let info = slot::<dyn IPlace>().info();
    assert_eq!(info.name(), "IPlace");
    assert_eq!(info.path(), concat!(module_path!(), "::IPlace"));
    assert_eq!(info.package(), "plugin-tests");
    assert_eq!(info.version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(info.file(), file!());
    assert_eq!(info.line(), LINE_BEFORE + 1);
    assert!(std::ptr::eq(info, <dyn IPlace>::INFO));
}

#[interface]
trait IWithoutDocs {}

#[interface(one)]
#[tag(stability = "stable")]
#[plugin_core::tag(since = "1.0")]
#[tag(r#type = "test")]
trait ITagged {}

#[test]
fn an_interface_keeps_its_tags_in_order() {
    let info = <dyn ITagged>::INFO;
    let tags: Vec<_> = info
        .tags()
        .iter()
        .map(|tag| (tag.key(), tag.value()))
        .collect();
    assert_eq!(
        tags,
        [("stability", "stable"), ("since", "1.0"), ("type", "test")]
    );
    assert!(<dyn IWithoutDocs>::INFO.tags().is_empty());
    assert_eq!(info.tag("since"), Some("1.0"));
    assert_eq!(info.tag("until"), None);
}

#[test]
fn an_interface_says_whether_one_provider_is_wanted() {
    assert!(<dyn ITagged>::INFO.wants_one());
    assert!(!<dyn IWithoutDocs>::INFO.wants_one());
}

#[interface]
#[allow(non_camel_case_types)]
trait r#move {
    fn r#fn(&self, r#in: u32) -> u32;
}

struct Moved;

impl r#move for Moved {
    fn r#fn(&self, r#in: u32) -> u32 {
        r#in + 1
    }
}

#[plugin(r#move)]
#[allow(non_upper_case_globals)]
static r#static: Moved = Moved;

#[test]
fn raw_identifiers_are_known_without_their_prefix() {
    let plugin = only::<dyn r#move>();
    assert_eq!(plugin.r#fn(1), 2);
    assert_eq!(plugin.info.name(), "static");
    assert_eq!(plugin.info.id(), concat!(module_path!(), "::static"));
    let info = <dyn r#move>::INFO;
    assert_eq!(info.name(), "move");
    assert_eq!(info.path(), concat!(module_path!(), "::move"));
    assert_eq!(info.members()[0].name(), "fn");
    assert_eq!(info.members()[0].parameters()[0].name(), "r#in");
}

#[interface(slot = "NAMED_BY_HAND", lazy = false, crate = renamed)]
trait ISettings {}

use plugin_core as renamed;

impl ISettings for std::sync::LazyLock<u8> {}

#[renamed::plugin(ISettings, crate = renamed)]
static SETTINGS: std::sync::LazyLock<u8> = std::sync::LazyLock::new(|| 1);

#[test]
fn an_interface_may_set_its_slot_its_crate_and_its_own_lazy_impl() {
    assert_eq!(only::<dyn ISettings>().info.name(), "SETTINGS");
}

macro_rules! declare {
    ($(#[$attribute:meta])* $vis:vis trait $name:ident { $($members:tt)* }) => {
        #[interface]
        $(#[$attribute])*
        $vis trait $name { $($members)* }
    };
}

declare! {
    /// Declared by a macro.
    #[tag(by = "macro")]
    trait IDeclared {
        /// A member.
        #[attribute]
        fn member(&self) -> u8 { 1 }
    }
}

macro_rules! two {
    ($($module:ident)*) => {
        $(mod $module {
            #[plugin_core::interface]
            pub(super) trait ITwin {}
        })*
    };
}

two! { left right }

struct Twin;
impl left::ITwin for Twin {}
impl right::ITwin for Twin {}
impl IDeclared for Twin {}

#[plugin(left::ITwin, IDeclared)]
static LEFT: Twin = Twin;

#[plugin(right::ITwin)]
static RIGHT: Twin = Twin;

#[test]
fn an_interface_may_come_out_of_a_macro() {
    let plugin = only::<dyn IDeclared>();
    assert_eq!(plugin.member(), 1);
    let info = <dyn IDeclared>::INFO;
    assert_eq!(info.docs(), "Declared by a macro.");
    assert_eq!(info.tags()[0].value(), "macro");
    assert_eq!(info.members()[0].docs(), "A member.");
}

#[test]
fn two_interfaces_of_one_name_out_of_one_macro_are_two() {
    assert_eq!(only::<dyn left::ITwin>().info.name(), "LEFT");
    assert_eq!(only::<dyn right::ITwin>().info.name(), "RIGHT");
    assert_ne!(<dyn left::ITwin>::INFO, <dyn right::ITwin>::INFO);
}

mod asynchronous {
    use async_trait::async_trait;
    use plugin_core::{interface, plugin};

    #[interface]
    #[async_trait]
    pub(super) trait IAbove {
        async fn fetch(&self, key: &str) -> usize;
    }

    #[async_trait]
    #[interface]
    pub(super) trait IBelow {
        async fn fetch(&self, key: &str) -> usize;
    }

    struct Length;

    #[async_trait]
    impl IAbove for Length {
        async fn fetch(&self, key: &str) -> usize {
            key.len()
        }
    }

    #[async_trait]
    impl IBelow for Length {
        async fn fetch(&self, key: &str) -> usize {
            key.len() + 1
        }
    }

    #[plugin(IAbove, IBelow)]
    static LENGTH: Length = Length;
}

#[test]
fn an_interface_may_be_an_async_trait_in_either_order() {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use asynchronous::{IAbove, IBelow};

    let mut context = Context::from_waker(Waker::noop());
    let above = pin!(only::<dyn IAbove>().fetch("key")).poll(&mut context);
    assert_eq!(above, Poll::Ready(3));
    let below = pin!(only::<dyn IBelow>().fetch("key")).poll(&mut context);
    assert_eq!(below, Poll::Ready(4));
    assert_eq!(
        <dyn IAbove>::INFO.members()[0].signature(),
        "async fn fetch(&self, key: &str) -> usize"
    );
    assert_eq!(<dyn IBelow>::INFO.members()[0].name(), "fetch");
}
