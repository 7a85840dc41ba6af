//! Plugins that are not statics of this program: those of loaded libraries, and those that tests make.

use core::ptr;
use std::boxed::Box;
use std::vec::Vec;

use super::across::Guarded;
use crate::plugin::kind::{Cast, Kind, split};
use crate::{Interface, InterfaceInfo, PluginInfo, Tag};

/// Not public API. Used by plugin-loader.
///
/// A plugin of a library as the provider of one of this program's interfaces.
#[derive(Clone, Copy)]
pub struct Object {
    interface: &'static InterfaceInfo,
    /// The parts of a reference to the interface.
    parts: [*const (); 2],
}

impl Object {
    /// # Safety
    ///
    /// It was made by code that has this program's fingerprint, where the interface `I` had the token that it has
    /// here; and `interface` is what this program knows of it. All of a plugin's objects are one.
    #[must_use]
    pub const unsafe fn new(interface: &'static InterfaceInfo, guarded: Guarded) -> Self {
        let parts = guarded.0;
        Self { interface, parts }
    }

    /// An object of this program's own.
    pub(crate) fn of<I: ?Sized + Interface>(object: &'static I) -> Self {
        Self {
            interface: I::IDENTITY.0,
            parts: split(object),
        }
    }
}

/// Not public API. Used by plugin-loader, and by [`Plugin::for_test`](crate::Plugin::for_test).
///
/// What the program knows of a plugin that is none of its statics. `text` is what the library's
/// record says, and `interfaces` are the program's own where it has them.
#[must_use]
pub fn foreign(
    text: &str,
    priority: i32,
    type_name: &'static str,
    tags: &'static [Tag],
    interfaces: &'static [&'static InterfaceInfo],
    objects: &[Object],
) -> &'static PluginInfo {
    let cast = |object: &Object| Cast {
        interface: ptr::from_ref(object.interface),
        vtable: object.parts[1],
    };
    let casts: Vec<Cast> = objects.iter().map(cast).collect();
    let kind = Kind::foreign(casts.leak(), interfaces, type_name, tags);
    let object = objects
        .first()
        .map_or(ptr::null(), |object| object.parts[0]);
    // SAFETY: an object of this program's own is a `&'static I`. For the others, whoever made them
    // promises that there is an object of an interface with this token, which has the same members
    // in the same order with types of the same layout; and that the compiler and its flags are the same on
    // both sides, so that what they make of it is. It is never freed or changed. Without an object, there is
    // no cast either.
    unsafe { PluginInfo::foreign(object, Box::leak(Box::new(kind)), priority, text) }
}
