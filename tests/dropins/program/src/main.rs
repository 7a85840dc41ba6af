//! A program that takes itself for a drop-in.

plugin_core::dropin!();

fn main() {}
