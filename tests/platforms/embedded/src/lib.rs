//! A library for a program that is not written in Rust.

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

// SAFETY: nobody else calls a function so.
#[unsafe(no_mangle)]
pub extern "C" fn plugin_platforms_report() {
    let mut text = String::new();
    report::write(&mut text).unwrap();
    print!("{text}");
}
