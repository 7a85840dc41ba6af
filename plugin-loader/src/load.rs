//! The way from a file to its plugins.
