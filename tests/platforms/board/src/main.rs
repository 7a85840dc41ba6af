//! A program for a board without an operating system: an Arm Cortex-M3, as QEMU emulates it.

#![no_std]
#![no_main]

use core::arch::asm;
use core::fmt::{Result, Write};

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

// SAFETY: the linker script puts it where the processor looks for it.
#[unsafe(link_section = ".vectors.reset")]
#[used]
static RESET: extern "C" fn() -> ! = reset;

extern "C" fn reset() -> ! {
    let is_written = report::write(&mut Out).is_ok();
    exit(is_written)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    let _ = writeln!(Out, "{info}");
    exit(false)
}

/// The debugger's, which is QEMU.
struct Out;

impl Write for Out {
    fn write_str(&mut self, text: &str) -> Result {
        const WRITE_CHARACTER: usize = 0x03;
        for byte in text.bytes() {
            ask(WRITE_CHARACTER, &raw const byte as usize);
        }
        Ok(())
    }
}

fn exit(is_success: bool) -> ! {
    const EXIT: usize = 0x18;
    const APPLICATION_EXIT: usize = 0x20026;
    loop {
        ask(EXIT, if is_success { APPLICATION_EXIT } else { 0 });
    }
}

fn ask(question: usize, argument: usize) {
    // SAFETY: this is how Arm's semihosting is asked.
    unsafe { asm!("bkpt 0xab", inout("r0") question => _, in("r1") argument) };
}
