//! Trait objects that hand each call on to an object of the other side.
//!
//! An object `I` may live shorter than its type says where that is made: `J` is the same without a lifetime, and `K` the
//! object of the bare trait, without `Send` and `Sync`. All three have one table.

use core::marker::PhantomData;
use core::mem::transmute_copy;
use std::boxed::Box;
use std::rc::Rc;
use std::sync::Arc;

use super::remembered::{Remembered, remembered};
use super::{Across, Kept, Lent, LentMut, Side, exchange, kept, lent, lent_mut};

/// How an object is made of one that hands each call on.
type Coerce<H, S, By, K> = fn(*const Across<H, S, By>) -> *const K;

/// Implemented by generated code, for each `dyn Trait` that may cross.
pub trait Objects<T> {
    fn coerce(object: *const T) -> *const Self;
}

/// `Coerced::<T, dyn Trait>::of` is there where the type implements the trait. Else that of [`NotCoerced`] takes its
/// place: the compiler has said what is wrong.
pub struct Coerced<T, I: ?Sized>(PhantomData<fn(T, &I)>);

impl<T, I: ?Sized + Objects<T>> Coerced<T, I> {
    #[inline]
    #[must_use]
    pub fn of(object: *const T) -> *const I {
        I::coerce(object)
    }
}

pub trait NotCoerced<T, I: ?Sized> {
    #[must_use]
    fn of(_: *const T) -> *const I {
        // Where it is compiled all the same, there is no error yet.
        const { panic!("the trait has no impl for its objects in a drop-in") }
    }
}

impl<T, I: ?Sized> NotCoerced<T, I> for Coerced<T, I> {}

/// The same pointer, to another of the three.
///
/// # Safety
///
/// Both are pointers to objects of one trait, but for lifetimes and auto traits.
#[inline]
unsafe fn same<A: ?Sized, B: ?Sized>(pointer: *const A) -> *const B {
    const { assert!(size_of::<*const A>() == size_of::<*const B>()) };
    // SAFETY: auto traits have no methods, so the table is the same; nor does it depend on a lifetime.
    unsafe { transmute_copy(&pointer) }
}

/// # Safety
///
/// As said above, of these types. This holds for all that follows.
pub unsafe fn carry_box<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized>(
    object: &mut Box<I>,
    coerce: Coerce<Kept<Box<J>>, S, By, K>,
) {
    exchange(object, |object| {
        // SAFETY: the caller's promise. What is made lives in a place that `I` may live in.
        unsafe {
            let object: Box<J> = Box::from_raw(same::<I, J>(Box::into_raw(object)).cast_mut());
            let across = Box::into_raw(Box::new(kept::<_, S, By>(object)));
            Box::from_raw(same::<K, I>(coerce(across)).cast_mut())
        }
    });
}

/// # Safety
///
/// As above.
pub unsafe fn carry_arc<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized>(
    object: &mut Arc<I>,
    coerce: Coerce<Kept<Arc<J>>, S, By, K>,
) {
    exchange(object, |object| {
        // SAFETY: as above.
        unsafe {
            let object: Arc<J> = Arc::from_raw(same(Arc::into_raw(object)));
            let across = Arc::into_raw(Arc::new(kept::<_, S, By>(object)));
            Arc::from_raw(same(coerce(across)))
        }
    });
}

/// # Safety
///
/// As above.
pub unsafe fn carry_rc<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized>(
    object: &mut Rc<I>,
    coerce: Coerce<Kept<Rc<J>>, S, By, K>,
) {
    exchange(object, |object| {
        // SAFETY: as above.
        unsafe {
            let object: Rc<J> = Rc::from_raw(same(Rc::into_raw(object)));
            let across = Rc::into_raw(Rc::new(kept::<_, S, By>(object)));
            Rc::from_raw(same(coerce(across)))
        }
    });
}

/// # Safety
///
/// As above.
pub unsafe fn carry_ref<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized>(
    object: &mut &I,
    coerce: Coerce<Remembered<J>, S, By, K>,
) {
    // SAFETY: as above.
    unsafe {
        let known = remembered::<J, S, By>(&*same::<I, J>(*object));
        *object = &*same(coerce(known));
    }
}

/// # Safety
///
/// As above.
pub unsafe fn lend<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized, R>(
    object: &I,
    coerce: Coerce<Lent<J>, S, By, K>,
    to: impl FnOnce(&I) -> R,
) -> R {
    // SAFETY: as above; and it is gone when this ends, where the reference is still valid.
    unsafe {
        let across = lent::<J, S, By>(&*same(object));
        to(&*same(coerce(&raw const across)))
    }
}

/// # Safety
///
/// As above.
pub unsafe fn lend_mut<I: ?Sized, J: ?Sized, K: ?Sized, S: Side, By: ?Sized, R>(
    object: &mut I,
    coerce: Coerce<LentMut<J>, S, By, K>,
    to: impl FnOnce(&mut I) -> R,
) -> R {
    // SAFETY: as above; nobody knows the type of what is given away.
    unsafe {
        let object: &mut J = &mut *same::<I, J>(core::ptr::from_mut(object)).cast_mut();
        let mut across = lent_mut::<J, S, By>(object);
        to(&mut *same::<K, I>(coerce(&raw mut across)).cast_mut())
    }
}
