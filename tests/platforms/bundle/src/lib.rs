//! What brings the plugins of another crate along.

#![no_std]
#![forbid(unsafe_code)]

plugin_core::link_plugins!();
