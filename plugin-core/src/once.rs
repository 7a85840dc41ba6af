//! A slice that is read once, and then is two loads.

use core::ptr;
use core::slice;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// A `&'static [T]`, once it is known.
///
/// `OnceLock<&'static [T]>` would be an instruction more, for a state of its own.
pub(crate) struct OnceSlice<T: 'static> {
    /// Null before it is known.
    start: AtomicPtr<T>,
    len: AtomicUsize,
}

impl<T: Sync> OnceSlice<T> {
    pub(crate) const fn new() -> Self {
        Self {
            start: AtomicPtr::new(ptr::null_mut()),
            len: AtomicUsize::new(0),
        }
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&'static [T]> {
        let start = self.start.load(Ordering::Acquire);
        if start.is_null() {
            return None;
        }
        let len = self.len.load(Ordering::Relaxed);
        // SAFETY: `start` is not null, so it comes from `set`, and with it, by the order of the
        // stores and loads, the length of a slice that is always the same one. `T` is `Sync`, and
        // nobody has it mutably, since `set` was given a shared reference for ever.
        Some(unsafe { slice::from_raw_parts(start, len) })
    }

    /// Keeps the slice. Whoever calls this twice, or in two threads, gives the same slice.
    pub(crate) fn set(&self, slice: &'static [T]) {
        self.len.store(slice.len(), Ordering::Relaxed);
        self.start
            .store(slice.as_ptr().cast_mut(), Ordering::Release);
    }
}
