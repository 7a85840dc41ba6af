//! A constant that all plugins of one type and one list of interfaces share: the list, and the casts to each interface.

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::any::{TypeId, type_name};
use core::marker::PhantomData;
use core::ptr;

use super::bases;
#[cfg(feature = "std")]
use crate::dropin::DropIn;
use crate::{Interface, InterfaceInfo, Tag};

/// What all plugins of one type and one list of interfaces share. The few that have tags, and those
/// of drop-ins, have one of their own.
#[derive(Clone, Copy)]
pub struct Kind {
    pub(crate) casts: &'static [Cast],
    pub(crate) interfaces: &'static [&'static InterfaceInfo],
    /// A bit for each interface of the list that is listed twice, or without its bases.
    pub(crate) wrong: u32,
    pub(crate) ty: Type,
    pub(crate) tags: &'static [Tag],
    #[cfg(feature = "std")]
    pub(crate) drop_in: Option<&'static DropIn>,
}

/// The type of a plugin's object.
#[derive(Clone, Copy)]
pub(crate) enum Type {
    /// The name cannot be a constant.
    Here(Id, fn() -> &'static str),
    /// The name of a type that was compiled apart from the program.
    Foreign(&'static str),
}

/// The id of a type: a function that each type has of its own, for compilers to which it is no constant.
#[derive(Clone, Copy)]
pub(crate) struct Id(IdOf);

plugin_macros::since! {
    "1.91" {
        type IdOf = TypeId;

        impl Id {
            #[allow(clippy::incompatible_msrv, reason = "older compilers have the other one")]
            const fn of<T: 'static>() -> Self {
                Self(TypeId::of::<T>())
            }

            pub(crate) fn get(self) -> TypeId {
                self.0
            }
        }
    }
    else {
        type IdOf = fn() -> TypeId;

        impl Id {
            const fn of<T: 'static>() -> Self {
                Self(TypeId::of::<T>)
            }

            pub(crate) fn get(self) -> TypeId {
                (self.0)()
            }
        }
    }
}

/// One interface, and what makes a reference to it of an object's address.
#[derive(Clone, Copy)]
pub(crate) struct Cast {
    pub(crate) interface: *const InterfaceInfo,
    pub(crate) vtable: *const (),
}

// SAFETY: both are addresses of constants, which may be shared.
unsafe impl Send for Cast {}
// SAFETY: as above.
unsafe impl Sync for Cast {}

impl Kind {
    /// Of a type of which only the name is known.
    pub(crate) const fn foreign(
        casts: &'static [Cast],
        interfaces: &'static [&'static InterfaceInfo],
        type_name: &'static str,
        tags: &'static [Tag],
    ) -> Self {
        Self {
            casts,
            interfaces,
            wrong: 0,
            ty: Type::Foreign(type_name),
            tags,
            #[cfg(feature = "std")]
            drop_in: None,
        }
    }
}

/// Not public API. Used by generated code.
///
/// A kind for objects of type `T`, and no others.
#[repr(transparent)]
pub struct KindOf<T> {
    kind: Kind,
    ty: PhantomData<fn(T)>,
}

/// Not public API. Used by generated code.
///
/// The address of a kind. Where it is a reference, the compiler checks all that it leads to, again for
/// each plugin.
pub struct KindAt<T>(*const KindOf<T>);

impl<T> Clone for KindAt<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for KindAt<T> {}

impl<T: 'static> KindAt<T> {
    #[must_use]
    pub const fn get(self) -> &'static KindOf<T> {
        // SAFETY: it was made of such a reference.
        unsafe { &*self.0 }
    }

    #[inline]
    pub(crate) const fn untyped(self) -> *const Kind {
        self.0.cast()
    }
}

impl<T: 'static> KindOf<T> {
    #[must_use]
    pub const fn at(&'static self) -> KindAt<T> {
        KindAt(self)
    }

    #[must_use]
    pub const fn with_tags(&self, tags: &'static [Tag]) -> Self {
        Self {
            kind: Kind { tags, ..self.kind },
            ty: PhantomData,
        }
    }

    #[cfg(feature = "std")]
    #[must_use]
    pub const fn with_drop_in(&self, drop_in: &'static DropIn) -> Self {
        Self {
            kind: Kind {
                drop_in: Some(drop_in),
                ..self.kind
            },
            ty: PhantomData,
        }
    }
}

/// Not public API. Used by generated code.
///
/// `Providing::<T, (&dyn A, &dyn B)>::KIND`: where `T` does not provide one of them, the inherent
/// constant is not there, and that of [`NotProvided`] takes its place: the compiler then has one
/// thing to say, of the coercion.
pub struct Providing<T, L>(PhantomData<(T, L)>);

impl<T: 'static, L: List<T>> Providing<T, L> {
    pub const KIND: KindAt<T> = L::KIND;
}

/// Not public API. Used by generated code.
pub trait NotProvided<T: 'static> {
    const KIND: KindAt<T> = KindAt(&KindOf {
        kind: Kind::foreign(&[], &[], "", &[]),
        ty: PhantomData,
    });
}

impl<T: 'static, L> NotProvided<T> for Providing<T, L> {}

/// Not public API. Implemented by generated code, for each `dyn Interface` and each type that
/// implements the interface.
pub trait Provider<T> {
    const CAST: CastOf<T, Self>;
}

/// Not public API. Used by generated code.
///
/// How an object of type `T` is seen as an `I`.
pub struct CastOf<T, I: ?Sized> {
    vtable: *const (),
    types: PhantomData<fn(T, &I)>,
}

/// A pointer to a trait object is the object's address, and then the address of a table.
type Parts = [*const (); 2];

const _: () = {
    let object: *const dyn Send = ptr::null::<u8>();
    // SAFETY: it is as large, and has no more than addresses in it.
    let [address, table] = unsafe { *(&raw const object).cast::<Parts>() };
    assert!(size_of::<*const dyn Send>() == size_of::<Parts>());
    assert!(address.is_null() && !table.is_null());
};

// Each plugin has the compiler evaluate what follows, in which a call takes longer than all the rest:
// so there is none.

impl<T, I: ?Sized + Interface> CastOf<T, I> {
    /// Not public API. Used by generated code.
    ///
    /// # Safety
    ///
    /// `object` is a null pointer to a `T`, coerced to one to a trait object.
    #[must_use]
    #[expect(clippy::ptr_as_ptr, reason = "the function would be a call")]
    pub const unsafe fn new(object: *const I) -> Self {
        // SAFETY: the pointer has these parts, as is asserted above.
        let [_, vtable] = unsafe { *((&raw const object) as *const Parts) };
        Self {
            vtable,
            types: PhantomData,
        }
    }
}

#[cfg(feature = "std")]
impl<T, I: ?Sized> CastOf<T, I> {
    pub(crate) const fn table(self) -> *const () {
        self.vtable
    }
}

impl<Data> CastOf<Data, Data> {
    /// Not public API. Used by generated code.
    ///
    /// A struct that is an interface, as itself.
    #[must_use]
    pub const fn to_itself() -> Self {
        Self {
            vtable: ptr::null(),
            types: PhantomData,
        }
    }
}

/// The object as an `I`.
///
/// # Safety
///
/// The object is there as long as the program runs, and the table is that of a `CastOf` for its type
/// and `I`; a struct has none.
#[inline]
pub(crate) unsafe fn join<I: ?Sized + Interface>(
    object: *const (),
    vtable: *const (),
) -> &'static I {
    let parts: Parts = [object, vtable];
    const { assert!(size_of::<&I>() <= size_of::<Parts>()) };
    // SAFETY: a reference to an `I` has these parts in this order, as is asserted above; and it leads to
    // an object, as the caller says.
    unsafe { *ptr::from_ref(&parts).cast::<&'static I>() }
}

/// What [`join`] makes an `I` of.
#[cfg(feature = "std")]
pub(crate) fn split<I: ?Sized + Interface>(object: &'static I) -> [*const (); 2] {
    let table = if size_of::<&I>() == size_of::<Parts>() {
        // SAFETY: of this size is a reference to a trait object, which has these parts, as is asserted
        // above.
        let [_, table] = unsafe { *ptr::from_ref(&object).cast::<Parts>() };
        table
    } else {
        ptr::null()
    };
    [ptr::from_ref(object).cast(), table]
}

/// Not public API. Used by generated code.
///
/// The interfaces of a plugin whose type is `T`: `(&dyn A, &dyn B)`.
pub trait List<T: 'static> {
    const KIND: KindAt<T>;
}

/// What depends on the list alone, and on no type.
trait Interfaces {
    const INTERFACES: &'static [&'static InterfaceInfo];
    const WRONG: u32 = bases::wrong(Self::INTERFACES);
}

macro_rules! lists {
    ($($first:ident $($rest:ident)*)?) => {
        $(
            impl<$first: ?Sized + Interface, $($rest: ?Sized + Interface),*> Interfaces
                for (&$first, $(&$rest,)*)
            {
                const INTERFACES: &'static [&'static InterfaceInfo] =
                    &[$first::INFO, $($rest::INFO),*];
            }

            impl<
                TheType: 'static,
                $first: ?Sized + Interface + Provider<TheType>,
                $($rest: ?Sized + Interface + Provider<TheType>),*
            > List<TheType> for (&'static $first, $(&'static $rest,)*)
            {
                const KIND: KindAt<TheType> = KindAt(&KindOf {
                    kind: Kind {
                        casts: &[
                            Cast {
                                interface: $first::IDENTITY.0,
                                vtable: $first::CAST.vtable,
                            },
                            $(Cast {
                                interface: $rest::IDENTITY.0,
                                vtable: $rest::CAST.vtable,
                            },)*
                        ],
                        interfaces: <Self as Interfaces>::INTERFACES,
                        wrong: <Self as Interfaces>::WRONG,
                        ty: Type::Here(Id::of::<TheType>(), type_name::<TheType>),
                        tags: &[],
                        #[cfg(feature = "std")]
                        drop_in: None,
                    },
                    ty: PhantomData,
                });
            }

            lists! { $($rest)* }
        )?
    };
}

// As many as `#[plugin]` accepts.
lists! { A B C D E F G H I J K L M N O P }

/// Not public API. Used by generated code.
///
/// The cast of a type to an interface that it implements.
#[doc(hidden)]
#[macro_export]
macro_rules! cast {
    ($provider:ty as $interface:ty) => {
        // SAFETY: it is a null pointer, and is coerced here.
        unsafe { $crate::__private::CastOf::new(0 as *const $provider as *const $interface) }
    };
}
