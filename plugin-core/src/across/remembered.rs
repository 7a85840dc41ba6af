//! References that live longer than a call, for which there must be an object that lives as long.

use core::marker::PhantomData;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::boxed::Box;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Across, Callee, Held, Side};

/// As [`Lent`](super::Lent). It is never freed, and used again for each object of the address and the type.
#[repr(transparent)]
pub struct Remembered<T: ?Sized>(Parts, PhantomData<*const T>);

/// The parts of a pointer to a trait object.
type Parts = [AtomicPtr<()>; 2];

// SAFETY: as of `Lent`.
unsafe impl<T: ?Sized + Send> Send for Remembered<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Remembered<T> {}

/// By the addresses of object and table.
static REMEMBERED: Mutex<Option<HashMap<[usize; 2], &'static Parts>>> = Mutex::new(None);

pub(super) fn remembered<T: ?Sized, S: Side, By: ?Sized>(
    object: &T,
) -> &Across<Remembered<T>, S, By> {
    let object = ptr::from_ref(object);
    const { assert!(size_of::<*const T>() == size_of::<Parts>()) };
    // SAFETY: a pointer of this size is one to a trait object, which has these parts, as `kind` asserts.
    let [address, table]: [*mut (); 2] = unsafe { *(&raw const object).cast() };
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    let parts: &'static Parts = remembered
        .get_or_insert_default()
        .entry([address.addr(), table.addr()])
        .or_insert_with(|| Box::leak(Box::new([address, table].map(AtomicPtr::new))));
    // The address is the same, but it may be another object's by now.
    for (part, now) in parts.iter().zip([address, table]) {
        part.store(now, Ordering::Relaxed);
    }
    // SAFETY: `Across` and `Remembered` have the layout of the parts.
    unsafe { &*ptr::from_ref(parts).cast() }
}

impl<T: ?Sized> Held for Remembered<T> {
    type Target = T;

    fn callee(&self) -> Callee {
        Callee::new(self.target())
    }

    #[inline]
    fn target(&self) -> &T {
        let parts: [*mut (); 2] = self.0.each_ref().map(|part| part.load(Ordering::Relaxed));
        // SAFETY: these are the parts of a reference to a `T`, which is valid for as long as that to this.
        unsafe { *ptr::from_ref(&parts).cast::<&T>() }
    }

    fn target_mut(&mut self) -> &mut T {
        unreachable!("{}", super::SHARED)
    }

    fn into_box<S: Side, By: ?Sized>(_: Box<Across<Self, S, By>>) -> Box<T> {
        unreachable!("{}", super::SHARED)
    }
}
