//! A drop-in that others link against.

plugin_core::dropin!();
