//! Two types without a lock: a list to which constructors add their values, and a value that is made when first read.

extern crate alloc;

use alloc::boxed::Box;
use core::iter;
use core::ptr::{self, null_mut};

use super::atomic::{AtomicBool, AtomicPtr, Ordering};

/// Not public API. Used by generated code.
///
/// One value of a list.
pub struct Link<T: 'static> {
    value: T,
    is_added: AtomicBool,
    next: AtomicPtr<Link<T>>,
}

impl<T> Link<T> {
    super::constant! {
        /// Not public API. Used by generated code.
        pub fn new(value: T) -> Self {
            Self {
                value,
                is_added: AtomicBool::new(false),
                next: AtomicPtr::new(null_mut()),
            }
        }
    }
}

/// Not public API. Used by generated code.
///
/// Values that are added while the program starts, or while it loads a library.
pub struct List<T: 'static>(AtomicPtr<Link<T>>);

impl<T: Sync> List<T> {
    super::constant! {
        pub(crate) fn new() -> Self {
            Self(AtomicPtr::new(null_mut()))
        }
    }

    /// Not public API. Used by generated code.
    ///
    /// Adds a value, in front of the others. In a WebAssembly module, a constructor may run more than once.
    pub fn add(&self, node: &'static Link<T>) {
        if node.is_added.swap(true, Ordering::Relaxed) {
            return;
        }
        let added = ptr::from_ref(node).cast_mut();
        let mut first = self.0.load(Ordering::Relaxed);
        loop {
            node.next.store(first, Ordering::Relaxed);
            // The one who sees the node sees what it leads to.
            match self
                .0
                .compare_exchange(first, added, Ordering::Release, Ordering::Relaxed)
            {
                Ok(_) => return,
                Err(other) => first = other,
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static T> + use<T> {
        let node = |link: &AtomicPtr<Link<T>>| -> Option<&'static Link<T>> {
            // SAFETY: it is null, or was made from a `&'static Link<T>` by `add`, whose writes to the node are
            // seen by those who see its address.
            unsafe { link.load(Ordering::Acquire).as_ref() }
        };
        iter::successors(node(&self.0), move |at| node(&at.next)).map(|at| &at.value)
    }
}

/// A value that is made when it is first asked for, and stays. Two threads that ask at once may both make one;
/// one of the two is dropped.
pub struct Once<T: 'static>(AtomicPtr<T>);

impl<T: Send + Sync> Once<T> {
    super::constant! {
        pub(crate) fn new() -> Self {
            Self(AtomicPtr::new(null_mut()))
        }
    }

    pub(crate) fn get_or_make(&self, make: impl FnOnce() -> T) -> &'static T {
        // SAFETY: it is null, or was leaked below, and nobody has changed it since.
        if let Some(kept) = unsafe { self.0.load(Ordering::Acquire).as_ref() } {
            return kept;
        }
        let own = Box::into_raw(Box::new(make()));
        let kept =
            match self
                .0
                .compare_exchange(null_mut(), own, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => own,
                Err(other) => {
                    // SAFETY: it comes from `into_raw`, and nobody else has seen it.
                    drop(unsafe { Box::from_raw(own) });
                    other
                }
            };
        // SAFETY: it was leaked, here or by the other thread.
        unsafe { &*kept }
    }
}
