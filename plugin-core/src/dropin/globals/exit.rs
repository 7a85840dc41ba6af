//! Writes out what libraries have printed, when the process exits.
//!
//! A library has a buffer of its own for what it prints. The standard library writes out that of the program alone.

use core::time::Duration;
use std::io::{Write as _, stdout};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::vec::Vec;

/// What is called when the process exits.
static CALLED: Mutex<Vec<fn()>> = Mutex::new(Vec::new());

/// For how long a process that exits waits for one library, another thread of which may hold its output for good.
const LONGEST: Duration = Duration::from_millis(100);

pub(super) fn at_exit(call: fn()) {
    #[cfg(any(unix, windows))]
    static REGISTERED: std::sync::Once = std::sync::Once::new();
    // Elsewhere, there are no libraries to load.
    #[cfg(any(unix, windows))]
    REGISTERED.call_once(|| {
        // SAFETY: so C declares it.
        unsafe extern "C" {
            safe fn atexit(call: extern "C" fn()) -> core::ffi::c_int;
        }
        // Where there is no room for it, it is not called, and nothing else can be done.
        let _ = atexit(exit);
    });
    let mut called = CALLED.lock().unwrap_or_else(PoisonError::into_inner);
    called.push(call);
}

#[cfg_attr(not(any(unix, windows)), allow(dead_code))]
extern "C" fn exit() {
    let calls = {
        let mut called = CALLED.lock().unwrap_or_else(PoisonError::into_inner);
        core::mem::take(&mut *called)
    };
    // In a host that is a library itself, what ends a thread may be gone by now, such as that of its allocator. Only the
    // standard library of a program has given this name.
    let has_runtime = thread::current().name() == Some("main");
    // A library that exits leaves the program no time to write out its own.
    for call in core::iter::once(flush as fn()).chain(calls) {
        // The output has a lock, which cannot be asked whether it is free.
        if !has_runtime {
            call();
            continue;
        }
        let Ok(thread) = thread::Builder::new().spawn(call) else {
            return;
        };
        let mut waited = Duration::ZERO;
        while !thread.is_finished() && waited < LONGEST {
            let more = Duration::from_micros(50).max(waited / 2);
            thread::sleep(more);
            waited += more;
        }
        // What it does after the call, such as freeing its memory, must not meet with the end of the process.
        if thread.is_finished() {
            let _ = thread.join();
        }
    }
}

/// Writes out what this copy of the standard library has not written yet.
pub(super) fn flush() {
    // Nobody is left to be told.
    let _ = stdout().flush();
}
