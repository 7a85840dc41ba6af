//! A crate that names the plugin crate, and has no plugins.

pub use round::Circle;
