//! Calls between a program and a library that it has loaded.
//!
//! Each of the two has its own standard library, and cannot catch a panic of the other: that would end the process. So an
//! object crosses in an [`Across`], which hands each call on. A panic that leaves the library is caught there, and raised
//! again in the program ([`Guard`]); a panic that leaves the program, while the library calls it, is caught in the
//! program, and raised again in the library (`Proxy`). All of it is code of the library: of the program, it needs the
//! functions of [`Host`].

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

mod carry;
mod host;
mod object;
mod remembered;
mod standard;

use core::any::type_name;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, needs_drop};
use core::ops::Deref;
use core::pin::Pin;
use core::ptr;
use std::boxed::Box;
use std::rc::Rc;
use std::sync::Arc;

use crate::plugin::kind::Provider;

pub(crate) use self::carry::carried;
pub use self::carry::{CarriesNothing, LendsItself, carrying, lending, lending_mut};
pub(crate) use self::host::message;
pub use self::host::{Guard, Host, Library, attach};
pub use self::object::{
    Coerced, NotCoerced, Objects, carry_arc, carry_box, carry_rc, carry_ref, lend, lend_mut,
};

/// Whose object it is, and so where a panic is caught and where it is raised again.
pub trait Side: 'static {
    /// That of what is given to the object.
    type Other: Side;

    fn call<R>(callee: Callee, call: impl FnOnce() -> R) -> R;
}

/// The object that is called, for a message.
#[derive(Clone, Copy)]
pub struct Callee {
    pub(crate) object: *const (),
    pub(crate) type_name: fn() -> &'static str,
}

// SAFETY: the address is compared, and leads nowhere.
unsafe impl Send for Callee {}
// SAFETY: as above.
unsafe impl Sync for Callee {}

impl Callee {
    fn new<T: ?Sized>(object: &T) -> Self {
        Self {
            object: ptr::from_ref(object).cast(),
            type_name: type_name::<T>,
        }
    }
}

/// An object of the one side for the other. It implements what the object does.
///
/// `By` says which types are foreign.
#[repr(transparent)]
pub struct Across<H, S: Side, By: ?Sized = ()>
where
    H: Held,
{
    held: ManuallyDrop<H>,
    side: PhantomData<fn(S, &By)>,
}

impl<H: Held, S: Side, By: ?Sized> Across<H, S, By> {
    const fn new(held: H) -> Self {
        Self {
            held: ManuallyDrop::new(held),
            side: PhantomData,
        }
    }

    /// Hands a call on.
    #[inline]
    pub fn call<'a, R>(&'a self, call: impl FnOnce(&'a H::Target) -> R) -> R {
        let target = self.held.target();
        S::call(self.held.callee(), || call(target))
    }

    #[inline]
    pub fn call_mut<'a, R>(&'a mut self, call: impl FnOnce(&'a mut H::Target) -> R) -> R {
        let callee = self.held.callee();
        let held = &mut *self.held;
        S::call(callee, || call(held.target_mut()))
    }

    #[inline]
    pub fn call_box<R>(self: Box<Self>, call: impl FnOnce(Box<H::Target>) -> R) -> R {
        let callee = self.held.callee();
        S::call(callee, || call(H::into_box(self)))
    }
}

impl<H: Held, S: Side, By: ?Sized> Drop for Across<H, S, By> {
    fn drop(&mut self) {
        if needs_drop::<H>() {
            let held = &mut self.held;
            // SAFETY: nothing uses it afterwards.
            S::call(held.callee(), || unsafe { ManuallyDrop::drop(held) });
        }
    }
}

/// How an object is held.
pub trait Held: Sized {
    type Target: ?Sized;

    fn callee(&self) -> Callee;
    fn target(&self) -> &Self::Target;

    /// For what is owned, or lent to be changed.
    fn target_mut(&mut self) -> &mut Self::Target {
        unreachable!("{SHARED}")
    }

    /// For what is owned.
    #[must_use]
    fn into_box<S: Side, By: ?Sized>(_: Box<Across<Self, S, By>>) -> Box<Self::Target> {
        unreachable!("{SHARED}")
    }
}

/// An object as it is: a reference to it is a reference to this.
#[repr(transparent)]
pub struct Own<T>(T);

impl<T> Held for Own<T> {
    type Target = T;

    #[inline]
    fn callee(&self) -> Callee {
        Callee::new(&self.0)
    }

    #[inline]
    fn target(&self) -> &T {
        &self.0
    }

    #[inline]
    fn target_mut(&mut self) -> &mut T {
        &mut self.0
    }

    fn into_box<S: Side, By: ?Sized>(across: Box<Across<Self, S, By>>) -> Box<T> {
        // SAFETY: `Across`, `ManuallyDrop`, and this have the layout of what is in them, and nothing else is dropped.
        unsafe { Box::from_raw(Box::into_raw(across).cast()) }
    }
}

/// A pointer that owns an object, and the object that had made it.
pub struct Kept<P> {
    pointer: P,
    maker: Callee,
}

// SAFETY: it stays in a pointer of the same kind, to an object that nobody can take out: so it may go where
// that may go, and no pointer is copied elsewhere.
unsafe impl<P: Owner<Target: Send>> Send for Kept<P> {}
// SAFETY: as above.
unsafe impl<P: Owner<Target: Sync>> Sync for Kept<P> {}

impl<P: Owner> Kept<P> {
    fn new(pointer: P) -> Self {
        let maker = host::current().unwrap_or_else(|| Callee::new(&*pointer));
        Self { pointer, maker }
    }
}

impl<P: Owner> Held for Kept<P> {
    type Target = P::Target;

    #[inline]
    fn callee(&self) -> Callee {
        self.maker
    }

    #[inline]
    fn target(&self) -> &P::Target {
        &self.pointer
    }

    #[inline]
    fn target_mut(&mut self) -> &mut P::Target {
        P::only(&mut self.pointer)
    }

    fn into_box<S: Side, By: ?Sized>(across: Box<Across<Self, S, By>>) -> Box<P::Target> {
        let mut across = ManuallyDrop::new(*across);
        // SAFETY: `across` is not used, and not dropped.
        let held = unsafe { ManuallyDrop::take(&mut across.held) };
        held.pointer.into_box()
    }
}

/// A pointer that owns an object.
pub trait Owner: Deref {
    /// A reference that is the only one.
    fn only(&mut self) -> &mut Self::Target;

    fn into_box(self) -> Box<Self::Target>;
}

impl<T: ?Sized> Owner for Box<T> {
    #[inline]
    fn only(&mut self) -> &mut T {
        self
    }

    fn into_box(self) -> Self {
        self
    }
}

/// What is shared is given in a pointer of the same kind.
const SHARED: &str = "an object that is shared is not owned";

impl<T: ?Sized> Owner for Arc<T> {
    fn only(&mut self) -> &mut T {
        Self::get_mut(self).expect(SHARED)
    }

    fn into_box(self) -> Box<T> {
        unreachable!("{SHARED}")
    }
}

impl<T: ?Sized> Owner for Rc<T> {
    fn only(&mut self) -> &mut T {
        Self::get_mut(self).expect(SHARED)
    }

    fn into_box(self) -> Box<T> {
        unreachable!("{SHARED}")
    }
}

/// Something pinned, which is only ever asked for as such.
impl<T: ?Sized> Owner for Pin<Box<T>> {
    fn only(&mut self) -> &mut T {
        unreachable!("{SHARED}")
    }

    fn into_box(self) -> Box<T> {
        unreachable!("{SHARED}")
    }
}

/// A reference, whatever its lifetime is: whoever is given an `Across` of it has it for as long.
pub struct Lent<T: ?Sized>(*const T);

// SAFETY: it stays behind a reference, which may go where one to the object may go.
unsafe impl<T: ?Sized + Send> Send for Lent<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Lent<T> {}

impl<T: ?Sized> Held for Lent<T> {
    type Target = T;

    #[inline]
    fn callee(&self) -> Callee {
        Callee::new(self.target())
    }

    #[inline]
    fn target(&self) -> &T {
        // SAFETY: it is a reference that is valid for as long as anybody has one to this.
        unsafe { &*self.0 }
    }
}

/// As [`Lent`], and the only reference.
pub struct LentMut<T: ?Sized>(*mut T);

// SAFETY: it is a mutable reference.
unsafe impl<T: ?Sized + Send> Send for LentMut<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for LentMut<T> {}

impl<T: ?Sized> Held for LentMut<T> {
    type Target = T;

    #[inline]
    fn callee(&self) -> Callee {
        Callee::new(self.target())
    }

    #[inline]
    fn target(&self) -> &T {
        // SAFETY: it is a reference that is valid for as long as anybody has one to this.
        unsafe { &*self.0 }
    }

    #[inline]
    fn target_mut(&mut self) -> &mut T {
        // SAFETY: as above, and it is the only one.
        unsafe { &mut *self.0 }
    }
}

/// A call of what is no object of an interface's.
#[inline]
pub fn called<S: Side, R>(call: impl FnOnce() -> R) -> R {
    S::call(Callee::new(&()), call)
}

/// An object that is owned, as one of the other side.
pub(crate) fn kept<P: Owner, S: Side, By: ?Sized>(pointer: P) -> Across<Kept<P>, S, By> {
    Across::new(Kept::new(pointer))
}

/// A reference, without its lifetime.
///
/// # Safety
///
/// It is used no longer than the reference may be.
pub(crate) unsafe fn lent<T: ?Sized, S: Side, By: ?Sized>(object: &T) -> Across<Lent<T>, S, By> {
    Across::new(Lent(object))
}

/// As [`lent`].
///
/// # Safety
///
/// As of that; and it is not exchanged for another one.
pub(crate) unsafe fn lent_mut<T: ?Sized, S: Side, By: ?Sized>(
    object: &mut T,
) -> Across<LentMut<T>, S, By> {
    Across::new(LentMut(object))
}

// Generated code has these names for types of the standard library: what is re-exported, the compiler
// would call by its path here.

pub type Boxes<T> = Box<T>;
pub type Arcs<T> = Arc<T>;
pub type Rcs<T> = Rc<T>;

pub fn boxes<T>(object: T) -> Box<T> {
    Box::new(object)
}

/// Puts what is made of a value in its place.
pub(crate) fn exchange<T>(value: &mut T, make: impl FnOnce(T) -> T) {
    struct Abort;

    impl Drop for Abort {
        fn drop(&mut self) {
            std::process::abort();
        }
    }

    // The value is gone while the other one is made, which takes memory and nothing else.
    let abort = Abort;
    // SAFETY: the value is not used before there is one again.
    unsafe { ptr::write(value, make(ptr::read(value))) };
    core::mem::forget(abort);
}

/// What a plugin of a library is for the program: its address, and the table of its [`Guard`].
#[derive(Clone, Copy)]
pub struct Guarded(pub(crate) [*const (); 2]);

// SAFETY: they are the parts of a reference to what may be shared.
unsafe impl Send for Guarded {}
// SAFETY: as above.
unsafe impl Sync for Guarded {}

impl Guarded {
    /// Of an object, and the table for its type.
    #[must_use]
    pub const fn new<T>(object: &'static T, table: Table) -> Self {
        Self([ptr::from_ref(object).cast(), table.0])
    }
}

/// The table of an interface's methods for guarded objects of one type.
#[derive(Clone, Copy)]
pub struct Table(*const ());

impl Table {
    /// That of data, which has none.
    pub const NONE: Self = Self(ptr::null());
}

/// Implemented by generated code, for each `dyn Interface` that may cross and each type that implements the
/// interface, and by a struct for itself.
pub trait Crosses<T> {
    const TABLE: Table;
}

/// `Guarding::<T, dyn Interface>::TABLE` is there where the type implements the interface. Else that of
/// [`NotGuarded`] takes its place: the compiler has said what is wrong.
pub struct Guarding<T, I: ?Sized>(PhantomData<fn(T, &I)>);

impl<T, I: ?Sized + Crosses<T>> Guarding<T, I> {
    pub const TABLE: Table = I::TABLE;
}

pub trait NotGuarded {
    const TABLE: Table = Table::NONE;
}

impl<T, I: ?Sized> NotGuarded for Guarding<T, I> {}

/// `Standing::<T, dyn Interface>::TABLE` is that of a guard. Where there is none, as without an impl of the macro's,
/// that of [`Unguarded`] takes its place.
pub struct Standing<T, I: ?Sized>(PhantomData<fn(T, &I)>);

impl<T, I: ?Sized + Provider<Across<Own<T>, Guard, I>>> Standing<T, I> {
    pub const TABLE: Table = Table(I::CAST.table());
}

pub trait Unguarded {
    const TABLE: Table;
}

impl<T, I: ?Sized + Provider<T>> Unguarded for Standing<T, I> {
    const TABLE: Table = Table(I::CAST.table());
}
