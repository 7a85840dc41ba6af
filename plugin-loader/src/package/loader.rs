//! Who loads, and whom a package asks before.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use super::loaded::Wanted;
use crate::library::candidate::Hook;
use crate::library::load::{Library, load};
use crate::library::refusal::Refusal;

/// One thread at a time loads libraries, and meanwhile others may ask what is known: so may a hook.
#[derive(Default)]
pub(super) struct Loader {
    hooks: Mutex<Vec<Hook>>,
    thread: Mutex<Option<ThreadId>>,
}

/// The right to load, until it is dropped.
pub(super) struct Loading<'a> {
    hooks: MutexGuard<'a, Vec<Hook>>,
    thread: &'a Mutex<Option<ThreadId>>,
}

impl Loader {
    pub(super) fn add(&mut self, hook: Hook) {
        let hooks = self.hooks.get_mut().unwrap_or_else(PoisonError::into_inner);
        hooks.push(hook);
    }

    /// Waits until no other thread loads; `None` if this one does, and a hook, or a library that is being loaded, asks
    /// for more.
    pub(super) fn enter(&self) -> Option<Loading<'_>> {
        let this = thread::current().id();
        if *lock(&self.thread) == Some(this) {
            return None;
        }
        let hooks = lock(&self.hooks);
        *lock(&self.thread) = Some(this);
        let thread = &self.thread;
        Some(Loading { hooks, thread })
    }
}

impl Loading<'_> {
    pub(super) fn load(&mut self, wanted: &Wanted) -> Result<&'static Library, Refusal> {
        let expected = (wanted.identity, &wanted.manifest);
        // SAFETY: the caller of `Package::new` has promised it of all files in its directories.
        unsafe { load(&wanted.path, Some(expected), &mut self.hooks) }
    }
}

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        *lock(self.thread) = None;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A hook that panics has done nothing to what is guarded.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
