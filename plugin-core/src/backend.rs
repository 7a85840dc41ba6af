//! How plugins reach their slot. There are two ways, and a target has one of them.
//!
//! Where the linker can be trusted, it lays the plugins out as a slice: `sections`. Where it cannot, each
//! plugin has a constructor, and the slice is gathered when it is first asked for: `constructors`. The two
//! files have the same items, and nobody else knows which of them is there.

// A target that is not named here has ELF, and `sections`: there, a linker that would lose a section refuses to
// link the program.
#[cfg_attr(
    any(
        // Each Rust `dylib` has sections of its own.
        feature = "dylib",
        // It links nothing, but runs constructors.
        miri,
        // Its linker knows no ends of sections other than code's.
        target_family = "wasm",
        // GNU's linker leaves out what nothing refers to, and in COFF nothing can keep it.
        all(windows, target_env = "gnu"),
        target_os = "cygwin",
        // They have linkers of their own.
        target_os = "illumos",
        target_os = "nto",
        target_os = "solaris",
        target_os = "vxworks"
    ),
    path = "backend/constructors.rs"
)]
mod sections;

pub use self::sections::*;

#[cfg(any(target_os = "aix", target_os = "cuda"))]
compile_error!(
    "plugin-core cannot gather plugins on this target: its format has neither sections with known ends nor \
     constructors that Rust can declare\n\
     help: build the program for another target; plugins can be found on those with ELF, Mach-O, COFF, or WebAssembly"
);

#[cfg(all(feature = "dylib", not(any(unix, windows, target_family = "wasm"))))]
compile_error!(
    "the feature `dylib` of plugin-core needs constructors that run before `main`, and nothing runs them on this \
     target\n\
     help: build without the feature; there are no Rust `dylib`s on this target"
);

use crate::InterfaceInfo;

/// Stops the program if an interface has no plugin because the linker has lost it.
///
/// Each interface registers itself in the same way as a plugin, so it is found if plugins are. `find`,
/// `sorted`, and `only` call this where a slot is empty. With `sections`, a walk does not: an ELF
/// linker that leaves out a section does not define its symbols, and so refuses to link the program.
///
/// # Panics
///
/// If the linker has lost the interface.
// Where the linker itself refuses to lose an interface, a program without std has no use for it.
#[cfg_attr(not(feature = "std"), allow(dead_code))]
#[cold]
pub(crate) fn found_nothing(interface: &InterfaceInfo) {
    assert!(
        interfaces().any(|listed| listed.0 == interface),
        "`{}` ({}) has been dropped by the linker, and maybe its plugins too\n\
         help: {CURE}",
        interface.name(),
        interface.origin(),
    );
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use std::panic::{UnwindSafe, catch_unwind};
    use std::string::String;

    use super::*;
    use crate::interface::{Identity, erased};
    use crate::{IPlugin, Interface, InterfaceKind, Plugin, Slot};

    /// An interface of which the linker has left nothing.
    trait ILost: Send + Sync {}

    impl Interface for dyn ILost {
        const IDENTITY: Identity<Self> = crate::identity! {
            key: 0x1057,
            kind: InterfaceKind::Trait,
            name: "ILost",
            path: "ships::ILost",
            docs: "",
            package: "ships",
            version: "1.2.3",
            file: "src/lost.rs",
            line: 7,
            noun: "",
            wants_one: false,
            tags: &[],
            extends: &[],
            members: &[],
            erased: erased::<dyn ILost>(),
        };

        fn slot() -> &'static Slot<Self> {
            static SLOT: Slot<dyn ILost> = Slot::new();
            &SLOT
        }

        fn plugins() -> &'static [Plugin<Self>] {
            &[]
        }

        fn only_the_interface_attribute_implements_this_trait() {}
    }

    #[track_caller]
    fn assert_lost(ask: impl FnOnce() + UnwindSafe) {
        let panic = catch_unwind(ask).expect_err("it is noticed");
        let text = panic.downcast_ref::<String>().unwrap();
        let start = "`ILost` (ships 1.2.3, src/lost.rs:7) has been dropped by the linker, and maybe its \
                     plugins too\nhelp: ";
        assert!(text.starts_with(start), "{text}");
    }

    #[test]
    fn who_looks_for_a_plugin_of_an_interface_that_the_linker_lost_is_told() {
        let slot = crate::slot::<dyn ILost>;
        assert_lost(move || drop(slot().find("anchor")));
        assert_lost(move || drop(slot().only()));
        assert_lost(move || assert!(slot().sorted().is_empty()));
        // A walk costs nothing, and does not look.
        assert!(slot().plugins().is_empty());
    }

    #[test]
    fn an_interface_that_is_there_is_no_error() {
        found_nothing(<dyn IPlugin>::INFO);
    }

    /// What linker scripts name has the version in its name.
    #[test]
    fn sections_are_called_by_their_version() {
        let numbers = (
            env!("CARGO_PKG_VERSION_MAJOR"),
            env!("CARGO_PKG_VERSION_MINOR"),
        );
        assert_eq!(
            numbers,
            ("0", "1"),
            "rename `PLUGIN_0_1_…` in this module and in `IPlugin`"
        );
    }
}
