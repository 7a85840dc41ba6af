//! A program, the usual way.

#![forbid(unsafe_code)]

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

fn main() {
    let mut text = String::new();
    report::write(&mut text).unwrap();
    print!("{text}");
}
