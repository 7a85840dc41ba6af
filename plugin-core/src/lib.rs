#![doc = include_str!("../README.md")]
#![no_std]
// `__private` re-exports what generated code names.
#![allow(unreachable_pub)]

#[cfg(feature = "std")]
extern crate std;

mod backend;
mod bases;
mod interface;
mod plugin;
mod private;
mod slot;

pub use self::interface::{IPlugin, Interface, InterfaceInfo, Member, MemberKind, Parameter, Tag};
pub use self::plugin::{Plugin, PluginInfo};
#[doc(hidden)]
pub use self::private::__private;
pub use self::slot::{Slot, plugins, slot};

pub use plugin_macros::{interface, plugin};
