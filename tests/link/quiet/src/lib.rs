//! A library without plugins.
