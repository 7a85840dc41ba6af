//! The two ways in which plugins reach their slot, and the target's choice between them.
//!
//! With `sections`, the linker lays the plugins out as a slice. Where a linker would lose them, each plugin has a
//! constructor instead, and the slice is made when it is first read: `constructors`. The two files have the same items,
//! and no other file knows which of them is compiled.

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

#[cfg(all(test, feature = "std"))]
mod tests;

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
