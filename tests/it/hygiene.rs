//! That generated code means what it says, whatever names are in scope around it.

use plugin_core::Interface;

use crate::only;

/// A module in which nothing is known that it does not name.
///
/// The impl for `LazyLock` has an attribute of the `diagnostic` namespace, which is not known either.
mod without_prelude {
    #![no_implicit_prelude]

    use ::plugin_core::{IPlugin, interface, plugin};

    /// The base.
    #[interface]
    pub(super) trait IBase {}

    /// An interface with members of all kinds.
    #[interface]
    #[tag(key = "value")]
    pub(super) trait IBare: IBase + ::std::fmt::Debug {
        /// A method.
        fn method(&self, text: &str) -> ::std::option::Option<u8>;
        /// An attribute.
        #[attribute]
        fn attribute(&self) -> u8 {
            3
        }
    }

    #[derive(::std::fmt::Debug)]
    struct Bare;

    impl IBase for Bare {}

    impl IBare for Bare {
        fn method(&self, text: &str) -> ::std::option::Option<u8> {
            text.as_bytes().first().copied()
        }
    }

    /// A plugin.
    #[plugin(IPlugin, IBase, IBare, name = "bare", priority = 1)]
    #[tag(key = "value")]
    static BARE: Bare = Bare;

    #[interface]
    pub(super) trait IUnit {}

    #[plugin(IUnit)]
    struct Unit;

    impl IUnit for Unit {}
}

#[test]
fn nothing_of_the_prelude_is_needed() {
    use without_prelude::{IBare, IUnit};

    let bare = only::<dyn IBare>();
    assert_eq!((bare.method("a"), bare.attribute()), (Some(97), 3));
    assert_eq!(bare.info.tags()[0].key(), "key");
    assert_eq!(<dyn IBare>::INFO.extends().len(), 1);
    assert_eq!(only::<dyn IUnit>().info.name(), "Unit");
}

/// A module in which the names that generated code could use mean something else.
#[allow(
    dead_code,
    non_snake_case,
    unused_macros,
    non_camel_case_types,
    non_upper_case_globals,
    clippy::upper_case_acronyms
)]
mod shadowed {
    mod core {}
    mod std {}
    mod alloc {}
    mod plugin_core {}
    mod linkme {}
    mod __private {}

    struct Option;
    struct Some;
    struct None;
    struct Result;
    struct Ok;
    struct Err;
    struct Box;
    struct Vec;
    struct LazyLock;
    struct Plugin;
    struct PluginInfo;
    struct InterfaceInfo;
    struct Slot;
    struct Probe;
    struct Answer;
    trait Send {}
    trait Sync {}
    trait Sized {}
    trait Fn {}
    trait Interface {}
    trait NotAnInterface {}
    trait Drop {}
    trait Clone {}
    trait Copy {}
    type u8 = ();
    type u32 = ();
    type i32 = ();
    type usize = ();
    type str = ();
    type bool = ();
    fn drop() {}

    static INFO: Some = Some;
    static PLUGIN: Some = Some;
    static SLOT: Some = Some;
    static OBJECT: Some = Some;
    const TEXT: Some = Some;
    static interface: Some = Some;

    macro_rules! concat {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! file {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! line {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! module_path {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! stringify {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! docs {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! section {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! register {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }
    macro_rules! lazy {
        ($($tokens:tt)*) => {
            compile_error!("ours")
        };
    }

    /// The base.
    #[::plugin_core::interface]
    pub(super) trait IBase {}

    /// An interface.
    #[::plugin_core::interface]
    #[tag(key = "value")]
    pub(super) trait IShadowed: IBase {
        /// An attribute.
        #[attribute]
        fn number(&self) -> i64;
        /// A method whose parameters have the names that generated code has.
        fn method(&self, this: i64, value: i64, __T: i64, answer: i64) -> i64 {
            this + value + __T + answer
        }
    }

    struct Object(i64);

    impl IBase for Object {}

    impl IShadowed for Object {
        fn number(&self) -> i64 {
            self.0
        }
    }

    /// A plugin.
    #[::plugin_core::plugin(IBase, IShadowed, name = "shadowed", priority = 1)]
    #[tag(key = "value")]
    static SHADOWED: Object = Object(2);

    #[::plugin_core::interface]
    pub(super) trait ILazy {
        fn number(&self, answer: i64) -> i64;
    }

    impl ILazy for Object {
        fn number(&self, answer: i64) -> i64 {
            self.0 + answer
        }
    }

    #[::plugin_core::plugin(ILazy)]
    static LAZY: ::std::sync::LazyLock<Object> = ::std::sync::LazyLock::new(|| Object(3));

    #[::plugin_core::interface]
    pub(super) trait IUnit {}

    #[::plugin_core::plugin(IUnit)]
    struct Unit;

    impl IUnit for Unit {}
}

#[test]
fn names_in_scope_mean_nothing_to_generated_code() {
    use shadowed::{ILazy, IShadowed, IUnit};

    let shadowed = only::<dyn IShadowed>();
    assert_eq!(shadowed.number(), 2);
    assert_eq!(shadowed.method(1, 2, 3, 4), 10);
    assert_eq!(shadowed.info.docs(), "A plugin.");
    assert_eq!(shadowed.info.tags()[0].value(), "value");
    assert_eq!(<dyn IShadowed>::INFO.extends()[0].name(), "IBase");
    assert_eq!(only::<dyn ILazy>().number(1), 4);
    assert_eq!(only::<dyn IUnit>().info.name(), "Unit");
}
