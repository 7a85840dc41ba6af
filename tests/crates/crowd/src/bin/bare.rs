//! A program without interfaces and plugins, for comparison.

fn main() {}
