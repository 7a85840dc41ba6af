//! Exchanges the objects in the arguments and in the result of a call.

use core::marker::PhantomData;

use super::Side;
use crate::Shape;

/// What is in `value`, as what the other side sees of it.
pub fn carried<By: ?Sized, S: Side, T: Shape<By>>(mut value: T) -> T {
    value.carry::<S>();
    value
}

/// Something that generated code wants to carry. What has no shape of its own, since a lifetime in it is
/// chosen by who calls it, is left as it is: then the method of [`CarriesNothing`] is the one.
pub struct Carrying<'a, By: ?Sized, S, T: ?Sized>(&'a mut T, PhantomData<fn(S, &By)>);

#[inline]
pub fn carrying<By: ?Sized, S: Side, T: ?Sized>(value: &mut T) -> Carrying<'_, By, S, T> {
    Carrying(value, PhantomData)
}

impl<By: ?Sized, S: Side, T: Shape<By>> Carrying<'_, By, S, T> {
    #[inline]
    pub fn carry(self) {
        self.0.carry::<S>();
    }
}

pub trait CarriesNothing: Sized {
    #[inline]
    fn carry(self) {}
}

impl<By: ?Sized, S, T: ?Sized> CarriesNothing for Carrying<'_, By, S, T> {}

/// A reference that generated code wants to lend for a call. As [`Carrying`].
pub struct Lending<'a, By: ?Sized, S, T: ?Sized>(&'a T, PhantomData<fn(S, &By)>);

#[inline]
pub fn lending<By: ?Sized, S: Side, T: ?Sized>(value: &T) -> Lending<'_, By, S, T> {
    Lending(value, PhantomData)
}

impl<By: ?Sized, S: Side, T: ?Sized + Shape<By>> Lending<'_, By, S, T> {
    #[inline]
    pub fn lend<R>(self, to: impl FnOnce(&T) -> R) -> R {
        T::lend::<S, R>(self.0, to)
    }
}

/// A reference that may be changed. As [`Carrying`].
pub struct LendingMut<'a, By: ?Sized, S, T: ?Sized>(&'a mut T, PhantomData<fn(S, &By)>);

#[inline]
pub fn lending_mut<By: ?Sized, S: Side, T: ?Sized>(value: &mut T) -> LendingMut<'_, By, S, T> {
    LendingMut(value, PhantomData)
}

impl<By: ?Sized, S: Side, T: ?Sized + Shape<By>> LendingMut<'_, By, S, T> {
    #[inline]
    pub fn lend<R>(self, to: impl FnOnce(&mut T) -> R) -> R {
        T::lend_mut::<S, R>(self.0, to)
    }
}

pub trait LendsItself: Sized {
    type Reference;

    fn itself(self) -> Self::Reference;

    #[inline]
    fn lend<R>(self, to: impl FnOnce(Self::Reference) -> R) -> R {
        to(self.itself())
    }
}

impl<'a, By: ?Sized, S, T: ?Sized> LendsItself for Lending<'a, By, S, T> {
    type Reference = &'a T;

    #[inline]
    fn itself(self) -> &'a T {
        self.0
    }
}

impl<'a, By: ?Sized, S, T: ?Sized> LendsItself for LendingMut<'a, By, S, T> {
    type Reference = &'a mut T;

    #[inline]
    fn itself(self) -> &'a mut T {
        self.0
    }
}
