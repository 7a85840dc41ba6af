//! A host that is a library itself, as an extension of another language's program is: there may be two in a process,
//! each with an allocator of its own.

use std::ffi::{CStr, OsStr, c_char};
use std::os::unix::ffi::OsStrExt as _;

use imat::IMaterial;
use mimalloc::MiMalloc;
use plugin_loader::Library;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How many plugins of the library have given memory, and taken some.
///
/// # Safety
///
/// It is the path of a library of these tests.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exchange(path: *const c_char) -> usize {
    // SAFETY: the caller's promise.
    let path = OsStr::from_bytes(unsafe { CStr::from_ptr(path) }.to_bytes());
    // SAFETY: the caller's promise.
    let library = unsafe { Library::load(path.as_ref()) }.unwrap();
    let plugins = library.plugins::<dyn IMaterial>();
    for plugin in plugins {
        let mut text = plugin.text();
        text.extend(["x"; 1_000]);
        let len = text.len();
        assert_eq!(plugin.keep(text.into()), len);
        assert_eq!(plugin.grow(vec![7; 1_000]).len(), 101_000);
    }
    plugins.len()
}
