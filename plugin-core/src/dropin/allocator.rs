//! The allocator of a drop-in: the host's.
//!
//! One side may free what the other has allocated, such as a `String` that a member returns, or a `Vec` that it takes. So
//! both need the same allocator, which the host chooses.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::alloc::System;

/// Not public API. Used by plugin-loader.
///
/// The allocator of the program, for a library.
#[repr(C)]
pub struct HostAllocator {
    alloc: unsafe extern "C" fn(size: usize, align: usize) -> *mut u8,
    alloc_zeroed: unsafe extern "C" fn(size: usize, align: usize) -> *mut u8,
    dealloc: unsafe extern "C" fn(pointer: *mut u8, size: usize, align: usize),
    realloc: unsafe extern "C" fn(*mut u8, size: usize, align: usize, new_size: usize) -> *mut u8,
}

impl HostAllocator {
    /// That of the program which this code is part of: its address tells it from that of another one.
    #[must_use]
    pub const fn this() -> &'static Self {
        static THIS: HostAllocator = HostAllocator {
            alloc,
            alloc_zeroed,
            dealloc,
            realloc,
        };
        &THIS
    }
}

/// Why a library cannot allocate with a host.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// So many allocations of the system's are not freed yet, and the host cannot free them.
    Live(usize),
    /// The library allocates with another host, whose memory this one cannot free.
    OtherHost,
}

unsafe extern "C" fn alloc(size: usize, align: usize) -> *mut u8 {
    // SAFETY: `Allocator::alloc` passes on a layout, and what its caller promises.
    unsafe { std::alloc::alloc(Layout::from_size_align_unchecked(size, align)) }
}

unsafe extern "C" fn alloc_zeroed(size: usize, align: usize) -> *mut u8 {
    // SAFETY: `Allocator::alloc_zeroed` passes on a layout, and what its caller promises.
    unsafe { std::alloc::alloc_zeroed(Layout::from_size_align_unchecked(size, align)) }
}

unsafe extern "C" fn dealloc(pointer: *mut u8, size: usize, align: usize) {
    // SAFETY: `Allocator::dealloc` passes on a layout, and what its caller promises.
    unsafe { std::alloc::dealloc(pointer, Layout::from_size_align_unchecked(size, align)) }
}

unsafe extern "C" fn realloc(
    pointer: *mut u8,
    size: usize,
    align: usize,
    new_size: usize,
) -> *mut u8 {
    // SAFETY: `Allocator::realloc` passes on a layout, and what its caller promises.
    unsafe {
        let layout = Layout::from_size_align_unchecked(size, align);
        std::alloc::realloc(pointer, layout, new_size)
    }
}

/// Not public API. Used by generated code.
///
/// The global allocator of a library: the system's until the host has given its own.
pub struct Allocator {
    host: AtomicPtr<HostAllocator>,
    /// How many allocations of the system's are not freed yet.
    live: AtomicUsize,
}

impl Allocator {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a static has no use for it")]
    pub const fn new() -> Self {
        Self {
            host: AtomicPtr::new(null_mut()),
            live: AtomicUsize::new(0),
        }
    }

    /// Allocates with the host from now on; does nothing where it is the library's host already.
    pub(super) fn install(&self, host: &'static HostAllocator) -> Result<(), Refused> {
        if let Some(own) = self.host() {
            let is_same = core::ptr::eq(own, host);
            return if is_same {
                Ok(())
            } else {
                Err(Refused::OtherHost)
            };
        }
        match self.live.load(Ordering::Acquire) {
            0 => {
                let host = core::ptr::from_ref(host).cast_mut();
                self.host.store(host, Ordering::Release);
                Ok(())
            }
            live => Err(Refused::Live(live)),
        }
    }

    #[inline]
    fn host(&self) -> Option<&'static HostAllocator> {
        // SAFETY: it is null, or was made from a `&'static HostAllocator` by `install`.
        unsafe { self.host.load(Ordering::Acquire).as_ref() }
    }

    fn count(&self, allocated: *mut u8) -> *mut u8 {
        if !allocated.is_null() {
            self.live.fetch_add(1, Ordering::AcqRel);
        }
        allocated
    }
}

// SAFETY: each call goes to one allocator, with what the caller gave. It is the system's for all
// calls before a host is there, and the host's for all calls after: `install` sees to it that
// nothing of the former is left for the latter. None of them unwinds: the system's does not, and
// the host's are `extern "C"`.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match self.host() {
            // SAFETY: the caller's promise.
            Some(host) => unsafe { (host.alloc)(layout.size(), layout.align()) },
            // SAFETY: the caller's promise.
            None => self.count(unsafe { System.alloc(layout) }),
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match self.host() {
            // SAFETY: the caller's promise.
            Some(host) => unsafe { (host.alloc_zeroed)(layout.size(), layout.align()) },
            // SAFETY: the caller's promise.
            None => self.count(unsafe { System.alloc_zeroed(layout) }),
        }
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if let Some(host) = self.host() {
            // SAFETY: the caller's promise.
            unsafe { (host.dealloc)(pointer, layout.size(), layout.align()) }
        } else {
            // SAFETY: the caller's promise.
            unsafe { System.dealloc(pointer, layout) }
            self.live.fetch_sub(1, Ordering::AcqRel);
        }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        match self.host() {
            // SAFETY: the caller's promise.
            Some(host) => unsafe {
                (host.realloc)(pointer, layout.size(), layout.align(), new_size)
            },
            // SAFETY: the caller's promise.
            None => unsafe { System.realloc(pointer, layout, new_size) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_has_one_host() {
        static OTHER: HostAllocator = HostAllocator {
            alloc,
            alloc_zeroed,
            dealloc,
            realloc,
        };
        let allocator = Allocator::new();
        assert_eq!(allocator.install(HostAllocator::this()), Ok(()));
        assert_eq!(allocator.install(HostAllocator::this()), Ok(()));
        assert_eq!(allocator.install(&OTHER), Err(Refused::OtherHost));
    }
}
