//! A drop-in that says so twice.

plugin_core::dropin!();

mod inner {
    plugin_core::dropin!();
}
