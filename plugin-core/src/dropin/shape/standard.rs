//! The shapes of the types that come with the compiler.
//!
//! A program and a library have one compiler, so how such a type is made is the same in both: its name
//! stands for it, and its parameters have to have a shape.

#![allow(
    clippy::undocumented_unsafe_blocks,
    reason = "of all impls here: one compiler has one type of that name, and its layout depends on nothing but \
              the parameters"
)]

use core::any::Any;
use core::borrow::{Borrow, BorrowMut};
use core::cell::{Cell, OnceCell, Ref, RefCell, RefMut, UnsafeCell};
use core::convert::Infallible;
use core::error::Error;
use core::fmt::{self, Debug, Display};
use core::future::Future;
use core::hash::{BuildHasher, BuildHasherDefault, Hasher};
use core::marker::{PhantomData, PhantomPinned};
#[cfg(feature = "std")]
use core::mem::transmute;
use core::mem::{Discriminant, ManuallyDrop, MaybeUninit};
use core::num::{NonZero, ParseFloatError, ParseIntError, Saturating, TryFromIntError, Wrapping};
use core::ops::{
    Bound, ControlFlow, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};
use core::panic::{AssertUnwindSafe, Location, RefUnwindSafe, UnwindSafe};
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};
use core::time::Duration;

use super::{At, Node, Shape, key};
#[cfg(feature = "std")]
use crate::dropin::across::{Side, carried, exchange, kept, lent, lent_mut};
#[cfg(feature = "std")]
use std::boxed::Box;
#[cfg(feature = "std")]
use std::sync::Arc;

macro_rules! node {
    ($name:expr, [$($part:ident)*]) => {
        At {
            node: &Node {
                name: $name,
                origin: "",
                key: <Self as Shape<By>>::KEY,
                text: 0,
                parts: &[$(<$part as Shape<By>>::NODE),*],
            },
        }
    };
}

macro_rules! node_of {
    ($name:expr, [$($part:ident)*]) => {
        const KEY: u128 = key($name, "", &[$(<$part as Shape<By>>::KEY),*]);
        const NODE: At = node!($name, [$($part)*]);
    };
}

/// Types without parameters.
macro_rules! plain {
    ($($name:literal $ty:ty;)*) => {$(
        unsafe impl<By: ?Sized> Shape<By> for $ty {
            node_of! { $name, [] }
        }
    )*};
}

/// Types with parameters that are types. Of those behind `?`, some have no size. What they own is carried by
/// what is behind `=>`.
macro_rules! generic {
    ($(
        $name:literal [$($lifetime:lifetime)?] $ty:ty, $($sized:ident)* ? $($any:ident)*
        $(=> |$value:ident| <$side:ident> $carry:expr)?;
    )*) => {$(
        unsafe impl<$($lifetime,)? By: ?Sized $(, $sized: Shape<By>)* $(, $any: ?Sized + Shape<By>)*>
            Shape<By> for $ty
        {
            node_of! { $name, [$($sized)* $($any)*] }
            $(carried! { |$value| <$side> $carry })?
        }
    )*};
}

/// How what a value owns is carried, by itself and in a box.
macro_rules! carried {
    (|$value:ident| <$side:ident> $carry:expr) => {
        #[cfg(feature = "std")]
        #[inline]
        fn carry<$side: Side>(&mut self) {
            let $value = self;
            $carry;
        }

        #[cfg(feature = "std")]
        #[inline]
        fn carry_box<$side: Side>(value: &mut Box<Self>) {
            let $value = &mut **value;
            $carry;
        }
    };
}

plain! {
    "bool" bool; "char" char; "str" str; "f32" f32; "f64" f64;
    "i8" i8; "i16" i16; "i32" i32; "i64" i64; "i128" i128; "isize" isize;
    "u8" u8; "u16" u16; "u32" u32; "u64" u64; "u128" u128; "usize" usize;
}

plain! {
    "core::alloc::Layout" core::alloc::Layout;
    "core::any::TypeId" core::any::TypeId;
    "core::cell::BorrowError" core::cell::BorrowError;
    "core::cell::BorrowMutError" core::cell::BorrowMutError;
    "core::char::ParseCharError" core::char::ParseCharError;
    "core::char::CharTryFromError" core::char::CharTryFromError;
    "core::cmp::Ordering" core::cmp::Ordering;
    "core::convert::Infallible" Infallible;
    "core::ffi::CStr" core::ffi::CStr;
    "core::ffi::c_void" core::ffi::c_void;
    "core::fmt::Alignment" fmt::Alignment;
    "core::fmt::Arguments" fmt::Arguments<'_>;
    "core::fmt::Error" fmt::Error;
    "core::fmt::Formatter" fmt::Formatter<'_>;
    "core::marker::PhantomPinned" PhantomPinned;
    "core::net::AddrParseError" core::net::AddrParseError;
    "core::net::IpAddr" core::net::IpAddr;
    "core::net::Ipv4Addr" core::net::Ipv4Addr;
    "core::net::Ipv6Addr" core::net::Ipv6Addr;
    "core::net::SocketAddr" core::net::SocketAddr;
    "core::net::SocketAddrV4" core::net::SocketAddrV4;
    "core::net::SocketAddrV6" core::net::SocketAddrV6;
    "core::num::FpCategory" core::num::FpCategory;
    "core::num::IntErrorKind" core::num::IntErrorKind;
    "core::num::ParseFloatError" ParseFloatError;
    "core::num::ParseIntError" ParseIntError;
    "core::num::TryFromIntError" TryFromIntError;
    "core::ops::RangeFull" RangeFull;
    "core::panic::Location" Location<'_>;
    "core::str::Bytes" core::str::Bytes<'_>;
    "core::str::CharIndices" core::str::CharIndices<'_>;
    "core::str::Chars" core::str::Chars<'_>;
    "core::str::Lines" core::str::Lines<'_>;
    "core::str::ParseBoolError" core::str::ParseBoolError;
    "core::str::SplitWhitespace" core::str::SplitWhitespace<'_>;
    "core::str::Utf8Error" core::str::Utf8Error;
    "core::task::Context" Context<'_>;
    "core::task::RawWaker" RawWaker;
    "core::task::RawWakerVTable" RawWakerVTable;
    "core::task::Waker" Waker;
    "core::time::Duration" Duration;
}

generic! {
    "&" ['a] &'a T, ? T => |value| <S> T::carry_ref::<S>(value);
    "&mut" ['a] &'a mut T, ? T;
    "*const" [] *const T, ? T;
    "*mut" [] *mut T, ? T;
    "a slice" [] [T], T ?;
}

generic! {
    "core::cell::Cell" [] Cell<T>, ? T;
    "core::cell::OnceCell" [] OnceCell<T>, T ?;
    "core::cell::Ref" ['a] Ref<'a, T>, ? T;
    "core::cell::RefCell" [] RefCell<T>, ? T;
    "core::cell::RefMut" ['a] RefMut<'a, T>, ? T;
    "core::cell::UnsafeCell" [] UnsafeCell<T>, ? T;
    "core::cmp::Reverse" [] core::cmp::Reverse<T>, T ?;
    "core::future::Pending" [] core::future::Pending<T>, T ?;
    "core::future::Ready" [] core::future::Ready<T>, T ?;
    "core::hash::BuildHasherDefault" [] BuildHasherDefault<T>, T ?;
    "core::iter::Empty" [] core::iter::Empty<T>, T ?;
    "core::iter::Once" [] core::iter::Once<T>, T ?;
    "core::iter::Repeat" [] core::iter::Repeat<T>, T ?;
    "core::iter::Chain" [] core::iter::Chain<T, U>, T U ?;
    "core::iter::Cloned" [] core::iter::Cloned<T>, T ?;
    "core::iter::Copied" [] core::iter::Copied<T>, T ?;
    "core::iter::Enumerate" [] core::iter::Enumerate<T>, T ?;
    "core::iter::Rev" [] core::iter::Rev<T>, T ?;
    "core::iter::Skip" [] core::iter::Skip<T>, T ?;
    "core::iter::StepBy" [] core::iter::StepBy<T>, T ?;
    "core::iter::Take" [] core::iter::Take<T>, T ?;
    "core::iter::Zip" [] core::iter::Zip<T, U>, T U ?;
    "core::marker::PhantomData" [] PhantomData<T>, ? T;
    "core::mem::Discriminant" [] Discriminant<T>, T ?;
    "core::mem::ManuallyDrop" [] ManuallyDrop<T>, ? T;
    "core::mem::MaybeUninit" [] MaybeUninit<T>, T ?;
    "core::num::Saturating" [] Saturating<T>, T ?;
    "core::num::Wrapping" [] Wrapping<T>, T ?;
    "core::ops::Bound" [] Bound<T>, T ?;
    "core::ops::ControlFlow" [] ControlFlow<T, U>, T U ? => |value| <S> match value {
        ControlFlow::Break(value) => value.carry::<S>(),
        ControlFlow::Continue(value) => value.carry::<S>(),
    };
    "core::ops::Range" [] Range<T>, T ?;
    "core::ops::RangeFrom" [] RangeFrom<T>, T ?;
    "core::ops::RangeInclusive" [] RangeInclusive<T>, T ?;
    "core::ops::RangeTo" [] RangeTo<T>, T ?;
    "core::ops::RangeToInclusive" [] RangeToInclusive<T>, T ?;
    "core::option::IntoIter" [] core::option::IntoIter<T>, T ?;
    "core::option::Option" [] Option<T>, T ? => |value| <S> if let Some(value) = value {
        value.carry::<S>();
    };
    "core::panic::AssertUnwindSafe" [] AssertUnwindSafe<T>, T ?;
    "core::pin::Pin" [] Pin<T>, T ? => |value| <S> T::carry_pinned::<S>(value);
    "core::ptr::NonNull" [] NonNull<T>, ? T;
    "core::result::Result" [] Result<T, U>, T U ? => |value| <S> match value {
        Ok(value) => value.carry::<S>(),
        Err(error) => error.carry::<S>(),
    };
    "core::slice::Chunks" ['a] core::slice::Chunks<'a, T>, T ?;
    "core::slice::ChunksExact" ['a] core::slice::ChunksExact<'a, T>, T ?;
    "core::slice::Iter" ['a] core::slice::Iter<'a, T>, T ?;
    "core::slice::IterMut" ['a] core::slice::IterMut<'a, T>, T ?;
    "core::slice::Windows" ['a] core::slice::Windows<'a, T>, T ?;
    "core::task::Poll" [] Poll<T>, T ? => |value| <S> if let Poll::Ready(value) = value {
        value.carry::<S>();
    };
}

unsafe impl<By: ?Sized, T: Shape<By>, const N: usize> Shape<By> for [T; N] {
    const KEY: u128 = key("an array", "", &[T::KEY, N as u128]);
    const NODE: At = node!("an array", [T]);
    carried! { |value| <Z> value.iter_mut().for_each(Shape::<By>::carry::<Z>) }
}

unsafe impl<By: ?Sized, T: Shape<By>, const N: usize> Shape<By> for core::array::IntoIter<T, N> {
    const KEY: u128 = key("core::array::IntoIter", "", &[T::KEY, N as u128]);
    const NODE: At = node!("core::array::IntoIter", [T]);
}

macro_rules! non_zero {
    ($($ty:ident)*) => {$(
        unsafe impl<By: ?Sized> Shape<By> for NonZero<$ty> {
            node_of! { concat!("core::num::NonZero<", stringify!($ty), ">"), [] }
        }
    )*};
}

non_zero! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

macro_rules! atomics {
    ($($width:literal: $($ty:ident)*;)*) => {$($(
        #[cfg(target_has_atomic = $width)]
        unsafe impl<By: ?Sized> Shape<By> for core::sync::atomic::$ty {
            node_of! { concat!("core::sync::atomic::", stringify!($ty)), [] }
        }
    )*)*};
}

atomics! {
    "8": AtomicBool AtomicI8 AtomicU8;
    "16": AtomicI16 AtomicU16;
    "32": AtomicI32 AtomicU32;
    "64": AtomicI64 AtomicU64;
    "ptr": AtomicIsize AtomicUsize;
}

#[cfg(target_has_atomic = "ptr")]
generic! {
    "core::sync::atomic::AtomicPtr" [] core::sync::atomic::AtomicPtr<T>, T ?;
}

/// Tuples, functions, and objects of closures, of each number of parameters.
macro_rules! arities {
    ([$($all:ident)*]) => { arities! { @ [] $($all)* } };
    (@ [$($param:ident)*]) => { arity! { $($param)* } };
    (@ [$($param:ident)*] $next:ident $($rest:ident)*) => {
        arity! { $($param)* }
        arities! { @ [$($param)* $next] $($rest)* }
    };
}

macro_rules! arity {
    ($($param:ident)*) => {
        #[allow(non_snake_case, reason = "what is given has the name of its type")]
        unsafe impl<By: ?Sized $(, $param: Shape<By>)*> Shape<By> for ($($param,)*) {
            node_of! { "a tuple", [$($param)*] }
            carried! {
                |value| <TheSide> {
                    let ($($param,)*) = value;
                    $($param.carry::<TheSide>();)*
                }
            }
        }

        called! { "a function", [] fn($($param),*) -> R, $($param)* }
        called! { "an unsafe function", [] unsafe fn($($param),*) -> R, $($param)* }
        called! { "a C function", [] extern "C" fn($($param),*) -> R, $($param)* }
        called! { "an unsafe C function", [] unsafe extern "C" fn($($param),*) -> R, $($param)* }
        closure! { Fn $($param)* }
        closure! { FnMut $($param)* }
        closure! { FnOnce $($param)* }
    };
}

/// An object of a closure, with the auto traits that people add. As those have no methods, it is carried as it is without
/// them.
macro_rules! closure {
    ($trait:ident $($param:ident)*) => {
        closure! { @ "", closed $trait [$($param)*] [dyn $trait($($param),*) -> R] [] }
        closure! { @ " + Send", alike $trait [$($param)*] [dyn $trait($($param),*) -> R] [+ Send] }
        closure! { @ " + Sync", alike $trait [$($param)*] [dyn $trait($($param),*) -> R] [+ Sync] }
        closure! { @ " + Send + Sync", alike $trait [$($param)*] [dyn $trait($($param),*) -> R] [+ Send + Sync] }
    };
    (
        @ $name:literal, $carried:ident $trait:ident [$($param:ident)*] [$($object:tt)*] [$($auto:tt)*]
    ) => {
        #[allow(non_snake_case, reason = "what is given has the name of its type")]
        unsafe impl<'a, By: ?Sized, R: Shape<By> $(, $param: Shape<By>)*> Shape<By>
            for $($object)* $($auto)* + 'a
        {
            node_of! { concat!("dyn ", stringify!($trait), $name), [R $($param)*] }
            #[cfg(feature = "std")]
            $carried! { $trait [$($param)*] [$($object)*] }
        }
    };
}

/// A closure whose type has auto traits.
#[cfg(feature = "std")]
macro_rules! alike {
    (Fn $params:tt [$($object:tt)*]) => {
        alike! { @ carry_box Box [$($object)*] }
        alike! { @ carry_arc Arc [$($object)*] }

        #[allow(clippy::transmute_ptr_to_ptr, reason = "a cast cannot add auto traits")]
        fn lend<TheSide: Side, TheResult>(
            closure: &Self,
            to: impl FnOnce(&Self) -> TheResult,
        ) -> TheResult {
            <$($object)* + 'a as Shape<By>>::lend::<TheSide, _>(closure, |closure| {
                to(unsafe { transmute::<&($($object)* + 'a), &Self>(closure) })
            })
        }
    };
    (FnMut $params:tt [$($object:tt)*]) => {
        alike! { @ carry_box Box [$($object)*] }

        #[allow(clippy::transmute_ptr_to_ptr, reason = "a cast cannot add auto traits")]
        fn lend_mut<TheSide: Side, TheResult>(
            closure: &mut Self,
            to: impl FnOnce(&mut Self) -> TheResult,
        ) -> TheResult {
            <$($object)* + 'a as Shape<By>>::lend_mut::<TheSide, _>(closure, |closure| {
                to(unsafe { transmute::<&mut ($($object)* + 'a), &mut Self>(closure) })
            })
        }
    };
    (FnOnce $params:tt [$($object:tt)*]) => {
        alike! { @ carry_box Box [$($object)*] }
    };
    (@ $carry:ident $holder:ident [$($object:tt)*]) => {
        fn $carry<TheSide: Side>(closure: &mut $holder<Self>) {
            let closure: *mut $holder<Self> = closure;
            <$($object)* + 'a as Shape<By>>::$carry::<TheSide>(unsafe { &mut *closure.cast() });
        }
    };
}

/// A closure that hands each call on to another one. It lives as long as that, though its type also names what it is
/// given.
#[cfg(feature = "std")]
macro_rules! closed {
    (Fn [$($param:ident)*] [$($object:tt)*]) => {
        fn carry_box<TheSide: Side>(closure: &mut Box<Self>) {
            exchange(closure, |closure| {
                let closure = kept::<_, TheSide, By>(closure);
                let closure: Box<$($object)* + '_> =
                    Box::new(move |$($param),*| closure.call(|closure| closed!(closure TheSide [$($param)*])));
                unsafe { transmute(closure) }
            });
        }

        fn carry_arc<TheSide: Side>(closure: &mut Arc<Self>) {
            exchange(closure, |closure| {
                let closure = kept::<_, TheSide, By>(closure);
                let closure: Arc<$($object)* + '_> =
                    Arc::new(move |$($param),*| closure.call(|closure| closed!(closure TheSide [$($param)*])));
                unsafe { transmute(closure) }
            });
        }

        fn lend<TheSide: Side, TheResult>(
            closure: &Self,
            to: impl FnOnce(&Self) -> TheResult,
        ) -> TheResult {
            let closure = unsafe { lent::<_, TheSide, By>(closure) };
            let closure: &($($object)* + '_) =
                &move |$($param),*| closure.call(|closure| closed!(closure TheSide [$($param)*]));
            to(unsafe { transmute::<&($($object)* + '_), &Self>(closure) })
        }
    };
    (FnMut [$($param:ident)*] [$($object:tt)*]) => {
        fn carry_box<TheSide: Side>(closure: &mut Box<Self>) {
            exchange(closure, |closure| {
                let mut closure = kept::<_, TheSide, By>(closure);
                let closure: Box<$($object)* + '_> = Box::new(move |$($param),*| {
                    closure.call_mut(|closure| closed!(closure TheSide [$($param)*]))
                });
                unsafe { transmute(closure) }
            });
        }

        fn lend_mut<TheSide: Side, TheResult>(
            closure: &mut Self,
            to: impl FnOnce(&mut Self) -> TheResult,
        ) -> TheResult {
            let mut closure = unsafe { lent_mut::<_, TheSide, By>(closure) };
            let closure: &mut ($($object)* + '_) = &mut move |$($param),*| {
                closure.call_mut(|closure| closed!(closure TheSide [$($param)*]))
            };
            to(unsafe { transmute::<&mut ($($object)* + '_), &mut Self>(closure) })
        }
    };
    (FnOnce [$($param:ident)*] [$($object:tt)*]) => {
        fn carry_box<TheSide: Side>(closure: &mut Box<Self>) {
            exchange(closure, |closure| {
                let closure = kept::<_, TheSide, By>(closure);
                let closure: Box<$($object)* + '_> = Box::new(move |$($param),*| {
                    Box::new(closure).call_box(|closure| closed!(closure TheSide [$($param)*]))
                });
                unsafe { transmute(closure) }
            });
        }
    };
    ($closure:ident $side:ident [$($param:ident)*]) => {
        carried::<By, $side, R>($closure($(carried::<By, $side::Other, $param>($param)),*))
    };
}

macro_rules! called {
    ($name:expr, [$($lifetime:lifetime)?] $ty:ty, $($param:ident)*) => {
        unsafe impl<$($lifetime,)? By: ?Sized, R: Shape<By> $(, $param: Shape<By>)*> Shape<By> for $ty {
            node_of! { $name, [R $($param)*] }
        }
    };
}

arities! { [A B C D E F G H I J K L] }

/// Objects of traits, with the auto traits that people add; and what else their impls say.
macro_rules! objects {
    (@ carried [$($object:tt)*]) => { crate::carried_object! { [$($object)*] By, |object| object as *const ($($object)* + '_) } };
    (@ as_it_is $object:tt) => {};
    (@ pinned [$($object:tt)*]) => {
        #[cfg(feature = "std")]
        fn carry_pinned_box<TheSide: Side>(future: &mut Pin<Box<Self>>) {
            exchange(future, |future| {
                let future: Pin<Box<$($object)* + '_>> = Box::pin(kept::<_, TheSide, By>(future));
                unsafe { transmute(future) }
            });
        }
    };
    ($($name:literal [$($param:ident)*] [$($bound:tt)*] $carried:ident;)*) => {$(
        object! { $name, "", [$($param)*] [dyn $($bound)*] $carried }
        object! { $name, " + Send", [$($param)*] [dyn $($bound)* + Send] $carried }
        object! { $name, " + Sync", [$($param)*] [dyn $($bound)* + Sync] $carried }
        object! { $name, " + Send + Sync", [$($param)*] [dyn $($bound)* + Send + Sync] $carried }
    )*};
}

macro_rules! object {
    ($name:literal, $auto:literal, [$($param:ident)*] [$($object:tt)*] $carried:ident) => {
        unsafe impl<'a, By: ?Sized $(, $param: Shape<By>)*> Shape<By> for $($object)* + 'a {
            node_of! { concat!($name, $auto), [$($param)*] }
            objects! { @ $carried [$($object)*] }
        }
    };
}

objects! {
    "dyn AsRef" [T] [AsRef<T>] carried;
    "dyn Borrow" [T] [Borrow<T>] as_it_is;
    "dyn BorrowMut" [T] [BorrowMut<T>] as_it_is;
    "dyn BuildHasher" [T] [BuildHasher<Hasher = T>] as_it_is;
    "dyn Debug" [] [Debug] carried;
    "dyn Display" [] [Display] carried;
    "dyn DoubleEndedIterator" [T] [DoubleEndedIterator<Item = T>] carried;
    "dyn Error" [] [Error] as_it_is;
    "dyn ExactSizeIterator" [T] [ExactSizeIterator<Item = T>] carried;
    "dyn Future" [T] [Future<Output = T>] pinned;
    "dyn Hasher" [] [Hasher] carried;
    "dyn Iterator" [T] [Iterator<Item = T>] carried;
    "dyn RefUnwindSafe" [] [RefUnwindSafe] as_it_is;
    "dyn Unpin" [] [Unpin] as_it_is;
    "dyn UnwindSafe" [] [UnwindSafe] as_it_is;
    "dyn fmt::Binary" [] [fmt::Binary] carried;
    "dyn fmt::LowerHex" [] [fmt::LowerHex] carried;
    "dyn fmt::Pointer" [] [fmt::Pointer] carried;
    "dyn fmt::UpperHex" [] [fmt::UpperHex] carried;
    "dyn fmt::Write" [] [fmt::Write] carried;
}

plain! {
    "dyn Any" dyn Any + '_;
    "dyn Any + Send" dyn Any + Send + '_;
    "dyn Any + Send + Sync" dyn Any + Send + Sync + '_;
    "dyn Any + Sync" dyn Any + Sync + '_;
    "dyn Send" dyn Send;
    "dyn Send + Sync" dyn Send + Sync;
    "dyn Sync" dyn Sync;
}

#[cfg(feature = "std")]
mod with_std {
    use std::borrow::{Cow, ToOwned};
    use std::boxed::Box;
    use std::collections::{
        BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque, binary_heap,
        btree_map, btree_set, hash_map, hash_set, linked_list, vec_deque,
    };
    use std::ffi::{CString, OsStr, OsString};
    use std::io::{self, BufRead, Read, Seek, Write};
    use std::path::{Path, PathBuf};
    use std::rc::{self, Rc};
    use std::string::String;
    use std::sync::{
        Arc, Barrier, Condvar, LazyLock, Mutex, MutexGuard, Once, OnceLock, PoisonError, RwLock,
        RwLockReadGuard, RwLockWriteGuard, TryLockError, Weak, mpsc,
    };
    use std::thread::{self, JoinHandle, Thread, ThreadId};
    use std::time::{Instant, SystemTime, SystemTimeError};
    use std::vec::{self, Vec};
    use std::{env, fs, net, process, string};

    use super::{At, Node, Pin, Shape, key};
    use crate::dropin::across::Side;

    plain! {
        "alloc::ffi::CString" CString;
        "alloc::string::Drain" string::Drain<'_>;
        "alloc::string::FromUtf8Error" string::FromUtf8Error;
        "alloc::string::String" String;
        "std::env::VarError" env::VarError;
        "std::ffi::OsStr" OsStr;
        "std::ffi::OsString" OsString;
        "std::fs::DirEntry" fs::DirEntry;
        "std::fs::File" fs::File;
        "std::fs::FileType" fs::FileType;
        "std::fs::Metadata" fs::Metadata;
        "std::fs::OpenOptions" fs::OpenOptions;
        "std::fs::Permissions" fs::Permissions;
        "std::fs::ReadDir" fs::ReadDir;
        "std::hash::DefaultHasher" std::hash::DefaultHasher;
        "std::hash::RandomState" std::hash::RandomState;
        "std::io::Empty" io::Empty;
        "std::io::Error" io::Error;
        "std::io::ErrorKind" io::ErrorKind;
        "std::io::IoSlice" io::IoSlice<'_>;
        "std::io::IoSliceMut" io::IoSliceMut<'_>;
        "std::io::SeekFrom" io::SeekFrom;
        "std::io::Sink" io::Sink;
        "std::io::Stderr" io::Stderr;
        "std::io::Stdin" io::Stdin;
        "std::io::Stdout" io::Stdout;
        "std::net::TcpListener" net::TcpListener;
        "std::net::TcpStream" net::TcpStream;
        "std::net::UdpSocket" net::UdpSocket;
        "std::path::Component" std::path::Component<'_>;
        "std::path::Components" std::path::Components<'_>;
        "std::path::Display" std::path::Display<'_>;
        "std::path::Path" Path;
        "std::path::PathBuf" PathBuf;
        "std::path::StripPrefixError" std::path::StripPrefixError;
        "std::process::Child" process::Child;
        "std::process::Command" process::Command;
        "std::process::ExitCode" process::ExitCode;
        "std::process::ExitStatus" process::ExitStatus;
        "std::process::Output" process::Output;
        "std::sync::Barrier" Barrier;
        "std::sync::Condvar" Condvar;
        "std::sync::Once" Once;
        "std::sync::mpsc::RecvError" mpsc::RecvError;
        "std::sync::mpsc::RecvTimeoutError" mpsc::RecvTimeoutError;
        "std::sync::mpsc::TryRecvError" mpsc::TryRecvError;
        "std::thread::Builder" thread::Builder;
        "std::thread::Thread" Thread;
        "std::thread::ThreadId" ThreadId;
        "std::time::Instant" Instant;
        "std::time::SystemTime" SystemTime;
        "std::time::SystemTimeError" SystemTimeError;
    }

    generic! {
        "alloc::collections::BTreeMap" [] BTreeMap<T, U>, T U ? => |value| <S> value.values_mut().for_each(Shape::<By>::carry::<S>);
        "alloc::collections::BTreeSet" [] BTreeSet<T>, T ?;
        "alloc::collections::BinaryHeap" [] BinaryHeap<T>, T ?;
        "alloc::collections::LinkedList" [] LinkedList<T>, T ? => |value| <S> value.iter_mut().for_each(Shape::<By>::carry::<S>);
        "alloc::collections::VecDeque" [] VecDeque<T>, T ? => |value| <S> value.iter_mut().for_each(Shape::<By>::carry::<S>);
        "alloc::collections::binary_heap::IntoIter" [] binary_heap::IntoIter<T>, T ?;
        "alloc::collections::binary_heap::Iter" ['a] binary_heap::Iter<'a, T>, T ?;
        "alloc::collections::btree_map::IntoIter" [] btree_map::IntoIter<T, U>, T U ?;
        "alloc::collections::btree_map::Iter" ['a] btree_map::Iter<'a, T, U>, T U ?;
        "alloc::collections::btree_map::IterMut" ['a] btree_map::IterMut<'a, T, U>, T U ?;
        "alloc::collections::btree_map::Keys" ['a] btree_map::Keys<'a, T, U>, T U ?;
        "alloc::collections::btree_map::Range" ['a] btree_map::Range<'a, T, U>, T U ?;
        "alloc::collections::btree_map::Values" ['a] btree_map::Values<'a, T, U>, T U ?;
        "alloc::collections::btree_set::IntoIter" [] btree_set::IntoIter<T>, T ?;
        "alloc::collections::btree_set::Iter" ['a] btree_set::Iter<'a, T>, T ?;
        "alloc::collections::linked_list::IntoIter" [] linked_list::IntoIter<T>, T ?;
        "alloc::collections::linked_list::Iter" ['a] linked_list::Iter<'a, T>, T ?;
        "alloc::collections::vec_deque::Drain" ['a] vec_deque::Drain<'a, T>, T ?;
        "alloc::collections::vec_deque::IntoIter" [] vec_deque::IntoIter<T>, T ?;
        "alloc::collections::vec_deque::Iter" ['a] vec_deque::Iter<'a, T>, T ?;
        "alloc::rc::Rc" [] Rc<T>, ? T => |value| <S> T::carry_rc::<S>(value);
        "alloc::rc::Weak" [] rc::Weak<T>, ? T;
        "alloc::sync::Arc" [] Arc<T>, ? T => |value| <S> T::carry_arc::<S>(value);
        "alloc::sync::Weak" [] Weak<T>, ? T;
        "alloc::vec::Drain" ['a] vec::Drain<'a, T>, T ?;
        "alloc::vec::IntoIter" [] vec::IntoIter<T>, T ?;
        "alloc::vec::Vec" [] Vec<T>, T ? => |value| <S> value.iter_mut().for_each(Shape::<By>::carry::<S>);
        "std::collections::HashMap" [] HashMap<T, U, S>, T U S ? => |value| <Z> value.values_mut().for_each(Shape::<By>::carry::<Z>);
        "std::collections::HashSet" [] HashSet<T, S>, T S ?;
        "std::collections::hash_map::IntoIter" [] hash_map::IntoIter<T, U>, T U ?;
        "std::collections::hash_map::Iter" ['a] hash_map::Iter<'a, T, U>, T U ?;
        "std::collections::hash_map::IterMut" ['a] hash_map::IterMut<'a, T, U>, T U ?;
        "std::collections::hash_map::Keys" ['a] hash_map::Keys<'a, T, U>, T U ?;
        "std::collections::hash_map::Values" ['a] hash_map::Values<'a, T, U>, T U ?;
        "std::collections::hash_set::IntoIter" [] hash_set::IntoIter<T>, T ?;
        "std::collections::hash_set::Iter" ['a] hash_set::Iter<'a, T>, T ?;
        "std::io::BufReader" [] io::BufReader<T>, T ?;
        "std::io::Cursor" [] io::Cursor<T>, T ?;
        "std::sync::LazyLock" [] LazyLock<T, U>, T U ?;
        "std::sync::Mutex" [] Mutex<T>, ? T;
        "std::sync::MutexGuard" ['a] MutexGuard<'a, T>, ? T;
        "std::sync::OnceLock" [] OnceLock<T>, T ?;
        "std::sync::PoisonError" [] PoisonError<T>, T ?;
        "std::sync::RwLock" [] RwLock<T>, ? T;
        "std::sync::RwLockReadGuard" ['a] RwLockReadGuard<'a, T>, ? T;
        "std::sync::RwLockWriteGuard" ['a] RwLockWriteGuard<'a, T>, ? T;
        "std::sync::TryLockError" [] TryLockError<T>, T ?;
        "std::sync::mpsc::IntoIter" [] mpsc::IntoIter<T>, T ?;
        "std::sync::mpsc::Receiver" [] mpsc::Receiver<T>, T ?;
        "std::sync::mpsc::SendError" [] mpsc::SendError<T>, T ?;
        "std::sync::mpsc::Sender" [] mpsc::Sender<T>, T ?;
        "std::sync::mpsc::SyncSender" [] mpsc::SyncSender<T>, T ?;
        "std::sync::mpsc::TrySendError" [] mpsc::TrySendError<T>, T ?;
        "std::thread::JoinHandle" [] JoinHandle<T>, T ?;
    }

    unsafe impl<By: ?Sized, T: ?Sized + Shape<By>> Shape<By> for Box<T> {
        node_of! { "alloc::boxed::Box", [T] }
        carried! { |value| <S> T::carry_box::<S>(value) }

        #[inline]
        fn carry_pinned<S: Side>(value: &mut Pin<Self>) {
            T::carry_pinned_box::<S>(value);
        }
    }

    unsafe impl<By: ?Sized, T: Write + Shape<By>> Shape<By> for io::BufWriter<T> {
        node_of! { "std::io::BufWriter", [T] }
    }

    unsafe impl<By: ?Sized, T> Shape<By> for Cow<'_, T>
    where
        T: ?Sized + ToOwned + Shape<By>,
        T::Owned: Shape<By>,
    {
        const KEY: u128 = key("alloc::borrow::Cow", "", &[T::KEY]);
        const NODE: At = At {
            node: &Node {
                name: "alloc::borrow::Cow",
                origin: "",
                key: <Self as Shape<By>>::KEY,
                text: 0,
                parts: &[T::NODE, <T::Owned as Shape<By>>::NODE],
            },
        };
    }

    objects! {
        "dyn BufRead" [] [BufRead] carried;
        "dyn Read" [] [Read] carried;
        "dyn Seek" [] [Seek] carried;
        "dyn Write" [] [Write] carried;
    }
}
