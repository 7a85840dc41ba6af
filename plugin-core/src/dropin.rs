//! What only drop-ins need: how a library describes itself, how a program compares the library with itself, and how calls
//! cross between the two.
//!
//! `plugin-loader` is the program's side. What both sides must agree on is here, under one number, `ABI`.

// What is public here is for generated code and for plugin-loader, which need no documentation.
#![allow(missing_docs)]

#[cfg(feature = "std")]
pub(crate) mod across;
#[cfg(feature = "std")]
mod allocator;
#[cfg(feature = "std")]
mod build;
#[cfg(feature = "std")]
mod entry;
#[cfg(feature = "std")]
mod foreign;
#[cfg(feature = "std")]
mod globals;
#[cfg(feature = "std")]
pub(crate) mod installed;
#[cfg(feature = "std")]
mod manifest;
#[cfg(feature = "std")]
mod named;

// These are also compiled without the standard library. There, interfaces for drop-ins find what is linked in.
pub(crate) mod crossing;
mod declared;
pub(crate) mod shape;

#[cfg(feature = "std")]
pub use self::{
    allocator::{Allocator, HostAllocator},
    build::{BUILD, Build},
    crossing::{crossing, interfaces},
    entry::{DropIn, Handshake, Introduced, Objects, Outcome, enter},
    foreign::{Object, foreign},
    globals::Globals,
    manifest::{
        HOST, HOST_LEN, MAGIC, RecordKind, header, header_len, known, known_len, record, record_len,
    },
    named::{
        Known, MayCross, MayNotCross, MaybeCrossed, Named, Offer, Offered, check_named, offered,
        offered_len,
    },
    shape::Reached,
};
#[cfg(feature = "std")]
pub use crate::interface::Crossed;
#[cfg(feature = "std")]
pub use crate::interfaces::{all, plugins as linked, sorted};

/// Raised with each change of what crosses between a program and a library: the types of
/// `entry`, [`Plugin`](crate::Plugin), [`InterfaceInfo`](crate::InterfaceInfo), and the manifest.
#[cfg(feature = "std")]
pub const ABI: u32 = 7;

/// Under this name, a library exports its entry.
#[cfg(feature = "std")]
pub const ENTRY: &str = "plugin_core_dropin_7";
