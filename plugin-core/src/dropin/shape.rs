//! The layouts of the types behind an interface, in constants.
//!
//! A host and a library that it loads are compiled apart. If each type that an interface reaches has the
//! same shape in both, one compiler with one set of flags lays it out in the same way.

// What is hidden here is for generated code, which needs no documentation.
#![allow(missing_docs)]

mod reached;
mod standard;

#[cfg(feature = "std")]
use core::pin::Pin;
#[cfg(feature = "std")]
use std::boxed::Box;
#[cfg(feature = "std")]
use std::rc::Rc;
#[cfg(feature = "std")]
use std::sync::Arc;

#[cfg(feature = "std")]
use crate::dropin::across::Side;

pub(super) use self::reached::token;
pub use self::reached::{Found, Reached, reached};

/// A type whose declaration a program can compare with the one that a drop-in was compiled with.
///
/// The members of an `#[interface(dropin)]` may mention only types with a shape. The types of the standard library have
/// one. For your own types, derive it:
///
/// ```
/// use plugin_core::Shape;
///
/// #[derive(Shape)]
/// pub struct Sample {
///     pub mass: f64,
///     pub name: String,
///     pub parts: Vec<Sample>,
/// }
/// ```
///
/// To mention `dyn Trait`, write [`#[shape]`](macro@crate::shape) above the trait, or `#[interface(dropin)]` above an
/// interface.
///
/// # What is compared
///
/// - The path of the type, and the name and version of its package.
/// - Its `repr`, its fields or variants with their names and order, and the values of its discriminants.
/// - Its generic arguments.
/// - The shapes of all types that it reaches through fields, boxes, references, and generics.
///
/// The type system resolves the types, so an alias or a renamed import makes no difference.
///
/// # Types of other crates
///
/// If a type's crate does not derive `Shape`, declare the type as *foreign*: on an interface with
/// `#[interface(dropin, foreign(bytes::Bytes))]`, on a type or a trait with `#[shape(foreign(bytes::Bytes))]`. The path
/// begins with the name of the crate. Both sides must then use the same build of that crate: the same version, features,
/// dependencies, and profile.
///
/// # Recursive types
///
/// Types may contain themselves and each other. A type with type parameters may contain itself if its declaration uses its
/// own name. Two types with type parameters that contain each other are a compiler error.
///
/// # Cost
///
/// A shape is a constant, which is evaluated while the crate of the interface is compiled. A program with the interface has
/// some hundred bytes of it in its file for each interface, so that a tool can tell which drop-ins it loads. No code reads
/// them before a library is loaded.
///
/// # Safety
///
/// Only the macros implement this trait. They guarantee that two types with equal nodes have the same layout, and that
/// nodes are statics or constants.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no shape, so a drop-in and its host cannot compare it\n\
               help: write `#[derive(Shape)]` above a type, `#[shape]` above a plain trait, or \
               `#[interface(dropin)]` above an interface; name a type of another crate as `foreign(…)`",
    label = "has no shape"
)]
pub unsafe trait Shape<By: ?Sized = ()> {
    /// Which type it is, whatever it is made of.
    #[doc(hidden)]
    const KEY: u128;
    /// What it is made of, or gives access to.
    #[doc(hidden)]
    const NODE: At;

    /// Not public API, like what follows: each object that is owned in it is exchanged for one that the other side may call.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry<S: Side>(&mut self)
    where
        Self: Sized,
    {
    }

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_box<S: Side>(_: &mut Box<Self>) {}

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_arc<S: Side>(_: &mut Arc<Self>) {}

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_rc<S: Side>(_: &mut Rc<Self>) {}

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_ref<S: Side>(_: &mut &Self) {}

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_pinned_box<S: Side>(_: &mut Pin<Box<Self>>) {}

    /// Of a pointer, what is behind it.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn carry_pinned<S: Side>(_: &mut Pin<Self>)
    where
        Self: Sized,
    {
    }

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn lend<S: Side, R>(value: &Self, to: impl FnOnce(&Self) -> R) -> R {
        to(value)
    }

    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn lend_mut<S: Side, R>(value: &mut Self, to: impl FnOnce(&mut Self) -> R) -> R {
        to(value)
    }
}

/// Not public API. Used by generated code.
///
/// The declaration of one type, or one use of it if it has parameters.
#[doc(hidden)]
pub struct Node {
    /// The path of the type.
    pub name: &'static str,
    /// The package that declares the type, with its version; empty for what comes with the compiler.
    pub origin: &'static str,
    pub key: u128,
    /// What the declaration says, but for the types that it mentions.
    pub text: u128,
    /// The types that it mentions. For types without parameters these are statics, which may lead back to it.
    pub parts: &'static [At],
}

/// Not public API. Used by generated code.
///
/// Where a node is, which a constant can say before the node is made: of a reference, the compiler would look
/// at what is behind it.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct At {
    pub node: *const Node,
}

// SAFETY: nodes are never changed.
unsafe impl Sync for At {}

impl At {
    const fn get(self) -> &'static Node {
        // SAFETY: whoever implements `Shape` promises that it is a static, or a constant.
        unsafe { &*self.node }
    }
}

/// Not public API. Used by generated code.
///
/// In the place of a type with parameters within its own declaration.
#[doc(hidden)]
pub struct Again;

// SAFETY: the declaration is the one that this is in, whose text counts.
unsafe impl<By: ?Sized> Shape<By> for Again {
    const KEY: u128 = 0;
    const NODE: At = At {
        node: &Node {
            name: "itself",
            origin: "",
            key: 0,
            text: 0,
            parts: &[],
        },
    };
}

/// Not public API. Used by generated code.
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn key(name: &str, origin: &str, arguments: &[u128]) -> u128 {
    mixed(&[text(name), text(origin), mixed(arguments)])
}

/// Not public API. Used by generated code.
///
/// FNV-1a, of 128 bits.
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn text(text: &str) -> u128 {
    let bytes = text.as_bytes();
    let mut hash = SEED;
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u128).wrapping_mul(PRIME);
        index += 1;
    }
    hash
}

/// Not public API. Used by generated code.
///
/// The same of whole words, after each of which the upper half reaches the lower one too.
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn mixed(words: &[u128]) -> u128 {
    let mut hash = SEED ^ words.len() as u128;
    let mut index = 0;
    while index < words.len() {
        hash = (hash ^ words[index]).wrapping_mul(PRIME);
        hash ^= hash >> 64;
        index += 1;
    }
    hash
}

const SEED: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// Not public API. Used by generated code.
///
/// The shape of a type that a macro has read. Here, so that no crate which forbids unsafe code has any.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_shape {
    ($(#[$attr:meta])* [$($generics:tt)*] $ty:ty, $by:ty, [$($clause:tt)*] { $($item:tt)* }) => {
        $(#[$attr])*
        // SAFETY: the macro has put all into it that the declaration says.
        unsafe impl<$($generics)*> $crate::Shape<$by> for $ty $($clause)* { $($item)* }
    };
}

/// Not public API. Used by generated code.
///
/// An object with auto traits has the table of methods that it has without them.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_object_shape {
    ([$($generics:tt)*] ($($object:tt)*) ($($auto:tt)*) { $($carried:tt)* }) => {
        // SAFETY: auto traits have no methods.
        unsafe impl<$($generics)*> $crate::Shape<__PluginBy> for $($object)* + $($auto)* + '__plugin {
            const KEY: $crate::__private::core::primitive::u128 =
                <$($object)* + '__plugin as $crate::Shape<__PluginBy>>::KEY;
            const NODE: $crate::__private::At =
                <$($object)* + '__plugin as $crate::Shape<__PluginBy>>::NODE;
            $($carried)*
        }
    };
}

/// Not public API. Used by generated code.
///
/// What [`Shape`] says of an object that another object can stand for, which hands each call on. `$coerce` makes an
/// object of that one.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! carried_object {
    ([$($object:tt)*] $by:ty, $coerce:expr) => {
        fn carry_box<TheSide: $crate::__private::Side>(object: &mut $crate::__private::Boxes<Self>) {
            // SAFETY: the object is one of this trait.
            unsafe {
                $crate::__private::carry_box::<_, $($object)* + 'static, _, TheSide, $by>(object, $coerce);
            }
        }

        fn carry_arc<TheSide: $crate::__private::Side>(object: &mut $crate::__private::Arcs<Self>) {
            // SAFETY: as above.
            unsafe {
                $crate::__private::carry_arc::<_, $($object)* + 'static, _, TheSide, $by>(object, $coerce);
            }
        }

        fn carry_rc<TheSide: $crate::__private::Side>(object: &mut $crate::__private::Rcs<Self>) {
            // SAFETY: as above.
            unsafe {
                $crate::__private::carry_rc::<_, $($object)* + 'static, _, TheSide, $by>(object, $coerce);
            }
        }

        fn carry_ref<TheSide: $crate::__private::Side>(object: &mut &Self) {
            // SAFETY: as above.
            unsafe {
                $crate::__private::carry_ref::<_, $($object)* + 'static, _, TheSide, $by>(object, $coerce);
            }
        }

        fn lend<TheSide: $crate::__private::Side, TheResult>(
            object: &Self,
            to: impl $crate::__private::core::FnOnce(&Self) -> TheResult,
        ) -> TheResult {
            // SAFETY: as above.
            unsafe {
                $crate::__private::lend::<_, $($object)* + 'static, _, TheSide, $by, _>(object, $coerce, to)
            }
        }

        fn lend_mut<TheSide: $crate::__private::Side, TheResult>(
            object: &mut Self,
            to: impl $crate::__private::core::FnOnce(&mut Self) -> TheResult,
        ) -> TheResult {
            // SAFETY: as above.
            unsafe {
                $crate::__private::lend_mut::<_, $($object)* + 'static, _, TheSide, $by, _>(object, $coerce, to)
            }
        }
    };
}

/// Not public API. Used by generated code.
///
/// Nothing crosses without the standard library.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! carried_object {
    ($($object:tt)*) => {};
}

/// Not public API. Used by generated code.
///
/// What there is of a shape, or beside it, where something may cross.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! where_it_crosses {
    ($($item:tt)*) => { $($item)* };
}

/// Not public API. Used by generated code.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! where_it_crosses {
    ($($item:tt)*) => {};
}

/// Not public API. Used by generated code.
///
/// A call whose promise is the caller's. Here, so that no crate which forbids unsafe code has any.
#[doc(hidden)]
#[macro_export]
macro_rules! promised {
    ($($call:tt)*) => {
        // SAFETY: the caller has promised what the member asks for.
        unsafe { $($call)* }
    };
}
