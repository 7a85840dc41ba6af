//! A program to which a plugin is added.

plugin_core::link_plugins!();

include!("../../link/print.rs");

fn main() {
    print("growing");
}
