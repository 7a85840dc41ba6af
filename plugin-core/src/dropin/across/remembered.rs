//! Keeps an [`Across`] for each reference that outlives its call.

use core::marker::PhantomData;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::boxed::Box;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Across, Callee, Held, Side, host};

/// As [`Lent`](super::Lent). It is never freed, and used again for each object of the address, the type, and the
/// plugin.
#[repr(transparent)]
pub struct Remembered<T: ?Sized>(Entry, PhantomData<*const T>);

struct Entry {
    parts: Parts,
    maker: Callee,
}

/// The parts of a pointer to a trait object.
type Parts = [AtomicPtr<()>; 2];

// SAFETY: as of `Lent`.
unsafe impl<T: ?Sized + Send> Send for Remembered<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Remembered<T> {}

/// By the addresses of the object, its table, and the plugin that has given it away.
static REMEMBERED: Mutex<Option<HashMap<[usize; 3], &'static Entry>>> = Mutex::new(None);

pub(super) fn remembered<T: ?Sized, S: Side, By: ?Sized>(
    object: &T,
) -> &Across<Remembered<T>, S, By> {
    let maker = host::current().unwrap_or_else(|| Callee::new(object));
    let object = ptr::from_ref(object);
    const { assert!(size_of::<*const T>() == size_of::<Parts>()) };
    // SAFETY: a pointer of this size is one to a trait object, which has these parts, as `kind` asserts.
    let [address, table]: [*mut (); 2] = unsafe { *(&raw const object).cast() };
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    let entry: &'static Entry = remembered
        .get_or_insert_default()
        .entry([address.addr(), table.addr(), maker.object.addr()])
        .or_insert_with(|| {
            let parts = [address, table].map(AtomicPtr::new);
            Box::leak(Box::new(Entry { parts, maker }))
        });
    // The address is the same, but it may be another object's by now.
    for (part, now) in entry.parts.iter().zip([address, table]) {
        part.store(now, Ordering::Relaxed);
    }
    // SAFETY: `Across` and `Remembered` have the layout of the entry.
    unsafe { &*ptr::from_ref(entry).cast() }
}

impl<T: ?Sized> Held for Remembered<T> {
    type Target = T;

    #[inline]
    fn callee(&self) -> Callee {
        self.0.maker
    }

    #[inline]
    fn target(&self) -> &T {
        let parts: [*mut (); 2] = self
            .0
            .parts
            .each_ref()
            .map(|part| part.load(Ordering::Relaxed));
        // SAFETY: these are the parts of a reference to a `T`, which is valid for as long as that to this.
        unsafe { *ptr::from_ref(&parts).cast::<&T>() }
    }
}
