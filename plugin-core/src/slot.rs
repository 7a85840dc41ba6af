//! Where one interface's plugins are gathered.

#[cfg(feature = "std")]
use std::sync::OnceLock;

use crate::backend::Section;
use crate::{Interface, InterfaceInfo, Plugin};

/// Every plugin of the interface `I` that is linked into this program, in the linker's order.
///
/// ```
/// # mod demo {
/// # #[plugin_core::interface]
/// # pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # use demo::*;
/// # fn main() {
/// for material in plugin_core::plugins::<dyn IMaterial>() {
///     println!("{}: {}", material.info.name(), material.yield_stress(500.0));
/// }
/// # }
/// ```
///
/// The slice is laid out by the linker: nothing is scanned, allocated, or run before `main`, and
/// from the second call on this is a few loads. The order depends on the linker and on the build
/// profile. A crate that nothing names is not linked, and so contributes nothing.
#[inline]
#[must_use]
pub fn plugins<I: ?Sized + Interface>() -> &'static [Plugin<I>] {
    I::slot().plugins()
}

/// The slot of the interface `I`.
///
/// ```
/// # mod demo {
/// # #[plugin_core::interface]
/// # pub trait IMaterial {}
/// # }
/// # use demo::*;
/// # fn main() {
/// let slot = plugin_core::slot::<dyn IMaterial>();
/// assert_eq!(slot.info().name(), "IMaterial");
/// assert!(slot.plugins().is_empty());
/// # }
/// ```
#[inline]
#[must_use]
pub fn slot<I: ?Sized + Interface>() -> &'static Slot<I> {
    I::slot()
}

/// Where the plugins of the interface `I` are gathered; see [`slot()`].
///
/// A slot is fixed at link time: nothing is added to it, or taken out of it, while the program
/// runs.
pub struct Slot<I: ?Sized + 'static> {
    section: Section<I>,
    /// The section, once it has been read: the linker's symbols take three times the instructions.
    #[cfg(feature = "std")]
    plugins: OnceLock<&'static [Plugin<I>]>,
}

impl<I: ?Sized + Interface> Slot<I> {
    pub(crate) const fn new(section: Section<I>) -> Self {
        Self {
            section,
            #[cfg(feature = "std")]
            plugins: OnceLock::new(),
        }
    }

    /// Every plugin of the interface, in the linker's order; see [`plugins()`].
    #[inline]
    #[must_use]
    pub fn plugins(&self) -> &'static [Plugin<I>] {
        #[cfg(feature = "std")]
        return self.plugins.get_or_init(|| self.section.read());
        #[cfg(not(feature = "std"))]
        return self.section.read();
    }

    /// What is known of the interface.
    #[inline]
    #[must_use]
    pub fn info(&self) -> &'static InterfaceInfo {
        I::INFO
    }
}

impl<I: ?Sized + Interface> core::fmt::Debug for Slot<I> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("Slot")
            .field("interface", &I::INFO.path())
            .field("plugins", &self.plugins())
            .finish()
    }
}
