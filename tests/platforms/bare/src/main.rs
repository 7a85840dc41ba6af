//! A program without the standard library, and without an allocator.

#![no_std]
#![no_main]

use core::ffi::{c_int, c_void};
use core::fmt::{Result, Write};

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

#[link(name = "c")]
unsafe extern "C" {
    fn write(file: c_int, bytes: *const c_void, count: usize) -> isize;
    fn abort() -> !;
}

struct Out;

impl Write for Out {
    fn write_str(&mut self, text: &str) -> Result {
        // SAFETY: the bytes are those of the text.
        unsafe { write(1, text.as_ptr().cast(), text.len()) };
        Ok(())
    }
}

// SAFETY: it is what the C library calls.
#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    c_int::from(report::write(&mut Out).is_err())
}

// SAFETY: it is never called. `core` names it, which was compiled to unwind.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    let _ = writeln!(Out, "{info}");
    // SAFETY: it has no conditions.
    unsafe { abort() }
}
