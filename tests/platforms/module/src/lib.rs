//! A WebAssembly module that its embedder calls whenever it likes.

use std::sync::LazyLock;

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

static REPORT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    report::write(&mut text).unwrap();
    text
});

// SAFETY: nobody else calls a function so.
#[unsafe(no_mangle)]
pub extern "C" fn report_start() -> *const u8 {
    REPORT.as_ptr()
}

// SAFETY: nobody else calls a function so.
#[unsafe(no_mangle)]
pub extern "C" fn report_len() -> usize {
    REPORT.len()
}
