//! Types that others mention, each in two forms: as they were, and as they are after a change.

use std::marker::PhantomData;

use plugin_core::{Shape, shape};

/// One item as it was, and one as it is.
macro_rules! forms {
    ($({ $($old:item)* } { $($new:item)* })*) => {$(
        $(#[cfg(not(feature = "v2"))] $old)*
        $(#[cfg(feature = "v2")] $new)*
    )*};
}

/// The same, in both forms, with a field that only the new one has.
#[derive(Clone, Debug, PartialEq, Shape)]
pub struct Sample {
    pub mass: u64,
    #[cfg(feature = "v2")]
    pub more: [u64; 3],
}

impl Sample {
    pub fn new(mass: u64) -> Self {
        Self {
            mass,
            #[cfg(feature = "v2")]
            more: [mass; 3],
        }
    }
}

forms! {
    { #[derive(Shape)] pub struct Swapped { pub mass: u64, pub volume: u64 } }
    { #[derive(Shape)] pub struct Swapped { pub volume: u64, pub mass: u64 } }
    { #[derive(Shape)] pub struct Retyped(pub u64); }
    { #[derive(Shape)] pub struct Retyped(pub f64); }
    { #[derive(Shape)] pub struct Renamed { pub celsius: i64 } }
    { #[derive(Shape)] pub struct Renamed { pub kelvin: i64 } }
    { #[derive(Shape)] #[repr(C)] pub struct Laid { pub a: u8, pub b: u64, pub c: u8 } }
    { #[derive(Shape)] pub struct Laid { pub a: u8, pub b: u64, pub c: u8 } }
    { #[derive(Shape)] pub struct Padded { pub a: u64, pub b: u8 } }
    { #[derive(Shape)] pub struct Padded { pub a: u64, pub b: u8, pub c: Option<bool> } }
    { #[derive(Shape)] pub struct Niche(pub u32); }
    { #[derive(Shape)] pub struct Niche(pub std::num::NonZeroU32); }
    { #[derive(Shape)] pub enum Order { Keep, Delete, Ask } }
    { #[derive(Shape)] pub enum Order { Delete, Keep, Ask } }
    { #[derive(Shape)] #[repr(u8)] pub enum Valued { A = 1, B = 2 } }
    { #[derive(Shape)] #[repr(u8)] pub enum Valued { A = 2, B = 1 } }
    { #[derive(Shape)] #[repr(u8)] pub enum Counted { A = LEAST, B } }
    { #[derive(Shape)] #[repr(u8)] pub enum Counted { A = LEAST, B } }
    { const LEAST: u8 = 1; }
    { const LEAST: u8 = 7; }
    { #[derive(Shape)] pub enum Grown { A, B } }
    { #[derive(Shape)] pub enum Grown { A, B, C } }
    { #[derive(Shape)] pub enum Payload { Number(u64), Text(Box<str>) } }
    { #[derive(Shape)] pub enum Payload { Text(Box<str>), Number(u64) } }
    { #[derive(Shape)] #[repr(C)] pub union Either { pub number: u32, pub real: f32 } }
    { #[derive(Shape)] #[repr(C)] pub union Either { pub number: i32, pub real: f32 } }
    { pub type Number = u32; }
    { pub type Number = f32; }
    { #[derive(Shape)] pub struct Buffer<const N: usize = 4>(pub Box<[u8; N]>); }
    { #[derive(Shape)] pub struct Buffer<const N: usize = 4096>(pub Box<[u8; N]>); }
    { #[derive(Shape)] pub struct Sum<S = Plus>(pub i64, pub PhantomData<S>); }
    { #[derive(Shape)] pub struct Sum<S = Minus>(pub i64, pub PhantomData<S>); }
    { pub use crate::one::Thing; }
    { pub use crate::other::Thing; }
    { #[shape] pub trait Log { fn info(&self) -> u64; fn error(&self) -> u64; } }
    { #[shape] pub trait Log { fn error(&self) -> u64; fn info(&self) -> u64; } }
    { #[shape] pub trait Describe { fn name(&self) -> u64; fn kind(&self) -> u64; } }
    { #[shape] pub trait Describe { fn kind(&self) -> u64; fn name(&self) -> u64; } }
    { #[derive(Shape)] struct Table { len: fn(u64) -> u64, double: fn(u64) -> u64 } }
    { #[derive(Shape)] struct Table { double: fn(u64) -> u64, len: fn(u64) -> u64 } }
    { pub const LEN: usize = 4; }
    { pub const LEN: usize = 8; }
    { #[derive(Shape)] pub struct Fourth { pub a: u32, pub b: u32 } }
    { #[derive(Shape)] pub struct Fourth { pub b: u32, pub a: u32 } }
}

impl Counted {
    pub fn second() -> Self {
        let [_, second] = [Self::A, Self::B];
        second
    }
}

impl Padded {
    pub fn new(a: u64, b: u8) -> Self {
        Self {
            a,
            b,
            #[cfg(feature = "v2")]
            c: None,
        }
    }
}

#[derive(Shape)]
pub struct Plus;
#[derive(Shape)]
pub struct Minus;

/// What `Thing` was, and what it is.
pub mod one {
    #[derive(plugin_core::Shape)]
    pub struct Thing(pub u64, pub u64);
}

pub mod other {
    #[derive(plugin_core::Shape)]
    pub struct Thing(pub u64, pub u64);
}

/// A pointer to a table of functions, as `Bytes` has one.
#[derive(Shape)]
pub struct Hidden {
    table: &'static Table,
    value: u64,
}

impl Hidden {
    pub fn new(value: u64) -> Self {
        static TABLE: Table = Table {
            len: |value| value,
            double: |value| 2 * value,
        };
        Self {
            table: &TABLE,
            value,
        }
    }

    pub fn len(&self) -> u64 {
        (self.table.len)(self.value)
    }

    pub fn double(&self) -> u64 {
        (self.table.double)(self.value)
    }
}

/// A type that reaches itself, and others that reach each other.
#[derive(Shape)]
pub struct Node {
    pub value: u64,
    pub next: Option<Box<Node>>,
    pub sample: Option<Sample>,
}

#[derive(Shape)]
pub struct Even {
    pub odd: Vec<Odd>,
}

#[derive(Shape)]
pub struct Odd {
    pub even: Vec<Even>,
    pub order: Order,
}

#[derive(Shape)]
pub struct First(pub Second);
#[derive(Shape)]
pub struct Second(pub Box<Third>);
#[derive(Shape)]
pub struct Third(pub Vec<Fourth>);

#[derive(Shape)]
pub struct Stack<T>(pub Vec<T>);

pub trait Has {
    type Out;
}

pub struct Key;

impl Has for Key {
    type Out = Vec<Sample>;
}

pub use std::vec::Vec as List;

#[macro_export]
macro_rules! sample {
    () => {
        $crate::Sample
    };
}
