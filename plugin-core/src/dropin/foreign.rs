//! A plugin of a library, as the program that has loaded it knows it.

use std::boxed::Box;

use crate::plugin::Facts;
use crate::{Interface, InterfaceInfo, Plugin, PluginInfo, Tag};

/// Not public API. Used by plugin-loader.
///
/// What a program knows of a plugin that was compiled apart from it.
pub struct Foreign {
    facts: Facts,
    /// The plugin as the provider of its interfaces.
    objects: Box<[Object]>,
}

/// Not public API. Used by plugin-loader.
#[derive(Clone, Copy)]
pub struct Object {
    token: u128,
    /// Where the library's `Plugin<dyn I>` is, for the interface `I` with that token.
    address: *const (),
}

// SAFETY: it leads to a `Plugin<dyn I>`, which is `Send` and `Sync`, as each interface is.
unsafe impl Send for Object {}
// SAFETY: as above.
unsafe impl Sync for Object {}

impl Object {
    /// # Safety
    ///
    /// The address is that of a `Plugin<dyn I>` which is never freed or changed. It was made by
    /// code that has this program's fingerprint, where the interface `I` had this token.
    #[must_use]
    pub const unsafe fn new(token: u128, address: *const ()) -> Self {
        Self { token, address }
    }
}

impl Foreign {
    /// `text` is what the library's record says, and `interfaces` are the program's own where it
    /// has them.
    #[must_use]
    pub fn new(
        text: &'static str,
        type_name: &'static str,
        tags: &'static [Tag],
        interfaces: &'static [&'static InterfaceInfo],
        objects: Box<[Object]>,
    ) -> Self {
        Self {
            facts: Facts {
                text,
                interfaces,
                tags,
                type_name,
            },
            objects,
        }
    }

    #[must_use]
    pub const fn info(&'static self, priority: i32) -> PluginInfo {
        PluginInfo::foreign(priority, self)
    }

    pub(crate) fn facts(&self) -> Facts {
        self.facts
    }

    /// The plugin as the provider of the interface `I`, if it is one.
    #[inline]
    #[must_use]
    pub fn object<I: ?Sized + Interface>(&self) -> Option<&'static I> {
        let object = self
            .objects
            .iter()
            .find(|object| object.token == I::TOKEN)?;
        let plugin = object.address.cast::<Plugin<I>>();
        // SAFETY: whoever made the `Object` promises that there is a `Plugin<dyn I>` of an
        // interface with this token, which has the same members in the same order with types of
        // the same layout; and that the compiler and its flags are the same on both sides, so that
        // what they make of it is. It is never freed or changed.
        Some(unsafe { (*plugin).object })
    }
}
