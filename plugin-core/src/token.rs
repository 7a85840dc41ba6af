//! What tells two forms of an interface apart: a number, made while the program is compiled.
//!
//! A host and a library that it loads are compiled apart. Where the token of an interface is the
//! same in both, so is the table of its objects' methods, as far as a token sees.

// What is public here is for generated code, which needs no documentation.
#![allow(missing_docs)]

use core::marker::PhantomData;

use crate::Interface;

/// Not public API. Used by generated code.
///
/// What is known of a type that a signature mentions. An inherent constant is there for the types
/// that its bounds allow, and is then preferred to that of the trait.
pub struct Shape<T: ?Sized>(PhantomData<T>);

impl<T> Shape<T> {
    pub const LAYOUT: u128 = (size_of::<T>() as u128) << 64 | align_of::<T>() as u128;
}

impl<T: ?Sized + Interface> Shape<T> {
    pub const FORM: u128 = T::FORM;
    pub const TOKEN: u128 = T::TOKEN;
}

/// Not public API. Used by generated code.
pub trait ShapeUnknown {
    const LAYOUT: u128 = 0;
    const FORM: u128 = 0;
    const TOKEN: u128 = 0;
}

impl<T: ?Sized> ShapeUnknown for Shape<T> {}

/// Not public API. Used by generated code.
///
/// What the text of an interface alone says: its path, what the macro has read of it, its
/// supertraits, and its members. Interfaces may mention each other, so this asks for no other form
/// than those of the supertraits.
#[must_use]
#[inline]
pub const fn form(path: &str, text: u128, supertraits: &[u128], members: &[u128]) -> u128 {
    let mut hash = mix(SEED, text);
    let path = path.as_bytes();
    let mut index = 0;
    while index < path.len() {
        hash = mix(hash, path[index] as u128);
        index += 1;
    }
    mix_all(mix_all(hash, supertraits), members)
}

/// Not public API. Used by generated code.
///
/// The form of `I`, the tokens of its supertraits, and for each member the shapes of its types.
#[must_use]
#[inline]
pub const fn token<I: ?Sized + Interface>(supertraits: &[u128], members: &[&[u128]]) -> u128 {
    let mut hash = mix_all(mix(SEED, I::FORM), supertraits);
    let mut index = 0;
    while index < members.len() {
        hash = mix_all(hash, members[index]);
        index += 1;
    }
    hash
}

const SEED: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;

#[inline]
const fn mix_all(hash: u128, words: &[u128]) -> u128 {
    let mut hash = mix(hash, words.len() as u128);
    let mut index = 0;
    while index < words.len() {
        hash = mix(hash, words[index]);
        index += 1;
    }
    hash
}

/// A step of FNV-1a with a whole word, after which the upper half reaches the lower one too.
#[inline]
const fn mix(hash: u128, word: u128) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mixed = (hash ^ word).wrapping_mul(PRIME);
    mixed ^ (mixed >> 64)
}
