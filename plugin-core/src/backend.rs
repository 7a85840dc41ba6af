//! How plugins reach their slot. There are three ways, and a target has one of them.
//!
//! Where the linker can be trusted, it lays the plugins out as a slice: `sections` on ELF, and
//! `linkme` elsewhere, which knows the linkers of macOS and Windows. Where it cannot, each plugin has
//! a constructor, and the slice is gathered when it is first asked for: `inventory`. The three files
//! have the same items, and nobody else knows which of them is there.

// The same conditions choose the dependencies in `Cargo.toml`. What is in neither list goes to
// linkme, and does not compile where linkme does not: better than a program without plugins.
#[cfg_attr(
    any(
        feature = "dylib",
        miri,
        target_family = "wasm",
        all(windows, target_env = "gnu"),
        target_os = "dragonfly",
        target_os = "haiku",
        target_os = "netbsd",
        target_os = "nto",
        target_os = "redox",
        target_os = "vxworks"
    ),
    path = "backend/inventory.rs"
)]
#[cfg_attr(
    all(
        not(any(feature = "dylib", miri)),
        any(
            target_os = "android",
            target_os = "freebsd",
            target_os = "fuchsia",
            target_os = "linux",
            target_os = "none",
            target_os = "openbsd"
        )
    ),
    path = "backend/sections.rs"
)]
#[cfg_attr(
    not(any(
        feature = "dylib",
        miri,
        target_family = "wasm",
        all(windows, target_env = "gnu"),
        target_os = "android",
        target_os = "dragonfly",
        target_os = "freebsd",
        target_os = "fuchsia",
        target_os = "haiku",
        target_os = "linux",
        target_os = "netbsd",
        target_os = "none",
        target_os = "nto",
        target_os = "openbsd",
        target_os = "redox",
        target_os = "vxworks"
    )),
    path = "backend/linkme.rs"
)]
mod chosen;

pub use self::chosen::*;

use crate::{Interface, InterfaceInfo, Plugin};

/// The plugins of an interface, in the linker's order.
///
/// # Panics
///
/// Where the linker has lost the interface, and so may have lost plugins.
#[cold]
pub(crate) fn read<I: ?Sized + Interface>(section: &'static Section<I>) -> &'static [Plugin<I>] {
    let plugins = chosen::read(section);
    if plugins.is_empty() {
        check(I::INFO);
    }
    plugins
}

/// Each interface registers itself, in the way of a plugin: what became of it tells whether that
/// way leads anywhere.
fn check(interface: &InterfaceInfo) {
    assert!(
        interfaces().any(|listed| listed.info() == interface),
        "`{}` ({} {}, {}:{}) has been lost by the linker, and plugins may have been with it\n\
         help: {CURE}",
        interface.name(),
        interface.package(),
        interface.version(),
        interface.file(),
        interface.line(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IPlugin;
    use crate::interface::InterfaceData;

    static LOST: InterfaceInfo = InterfaceInfo::new(InterfaceData {
        key: 0x1057,
        name: "ILost",
        path: "ships::ILost",
        docs: "",
        package: "ships",
        version: "1.2.3",
        file: "src/lost.rs",
        line: 7,
        wants_one: false,
        tags: &[],
        extends: &[],
        members: &[],
    });

    #[test]
    #[should_panic = "`ILost` (ships 1.2.3, src/lost.rs:7) has been lost by the linker, and \
                      plugins may have been with it\nhelp: "]
    fn an_interface_that_the_linker_lost_is_an_error() {
        check(&LOST);
    }

    #[test]
    fn an_interface_that_is_there_is_none() {
        check(<dyn IPlugin>::INFO);
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
