//! Calls the hooks and loads libraries, one thread at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use super::loaded::Wanted;
use crate::library::candidate::Hook;
use crate::library::load::{Library, load};
use crate::library::refusal::Refusal;

/// Lets one thread at a time load libraries. Meanwhile other threads, and hooks, may use what is already loaded.
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

    /// Waits until no other thread loads; `None` if this thread is already loading, and a hook or a library that is being loaded
    /// calls the package.
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
        // SAFETY: the caller of `Package::new` guarantees it for all files in the directories.
        unsafe { load(&wanted.path, Some(expected), &mut self.hooks) }
    }
}

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        *lock(self.thread) = None;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The panic of a hook leaves the data consistent.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
