#![deny(warnings)]

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use plugin_core::{Shape, interface};

pub const THREE: usize = 3;

#[derive(Shape)]
pub struct Matrix<const ROWS: usize, const COLUMNS: usize>([[f64; COLUMNS]; ROWS]);

#[derive(Shape)]
pub struct Unsized {
    pub head: u8,
    pub tail: [u8],
}

#[derive(Shape)]
pub struct Borrows<'a, T: ?Sized>(&'a T);

#[derive(Shape)]
pub struct Marked<T: ?Sized>(PhantomData<T>);

#[derive(Shape)]
#[deprecated]
pub struct Old;

pub type Callback<'a> = dyn Fn(&'a str) -> usize + 'a;

macro_rules! number {
    () => {
        u32
    };
}

#[interface(dropin)]
pub trait IOther {
    fn other<'a>(&'a self, of: &'a dyn IShape) -> &'a dyn IShape;
}

#[interface(dropin)]
pub trait IShape {
    fn constants(&self, matrix: &Matrix<THREE, { THREE + 1 }>, array: [u8; THREE]) -> [Matrix<1, 2>; 2];
    fn unsizeds(&self, a: &Unsized, b: &str, c: Box<[Unsized2]>, d: Arc<str>, e: &Marked<dyn Debug>);
    fn lifetimes<'a, 'b: 'a>(&'a self, a: Borrows<'a, str>, b: &'b Borrows<'_, [u8]>) -> Cow<'a, str>;
    fn functions(&self, a: fn(&str) -> &str, b: for<'a> fn(&'a u8) -> &'a u8, c: extern "C" fn(i32));
    fn closures<'a>(&self, a: &dyn Fn(&Old2) -> Option<Old2>, b: Box<dyn FnMut() -> &'a str + Send + 'a>);
    fn higher(&self, a: &dyn for<'a> Fn(&'a str) -> &'a str, b: &Callback<'_>);
    fn iterators<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a str, Old2)> + 'a>;
    fn objects(&self, a: &(dyn IOther + Send), b: Arc<dyn IOther>, c: &mut dyn Debug, d: &dyn IShape);
    fn maps(&self, a: HashMap<String, Vec<Option<Old2>>>, b: &BTreeMap<u8, Result<Old2, String>>);
    fn pointers(&self, a: *const Old2, b: *mut [Old2]) -> *const dyn Debug;
    fn tuples(&self, a: (), b: ((u8, Old2),)) -> (u8, u16);
    fn macros(&self, a: number!(), b: Vec<number!()>);
    fn futures<'a>(&'a self) -> Pin<Box<dyn Future<Output = Old2> + Send + 'a>>;
    fn associated(&self, a: <Vec<u8> as IntoIterator>::Item, b: &Mutex<std::vec::IntoIter<u8>>);
    fn never(&self) -> !;
    #[allow(deprecated)]
    fn deprecated(&self, old: &Old) -> Option<Old>;
    fn itself(&self, a: Arc<Self>, b: &Self)
    where
        Self: Sized;
    fn patterns(&self, (a, _): (u8, u8), [b, ..]: [u8; 2]) -> u8 {
        a + b
    }
    #[cfg(any())]
    fn nowhere(&self, a: Nothing) -> Nothing;
    fn sometimes(&self, #[cfg(any())] a: Nothing, b: u8);
}

#[derive(Shape)]
pub struct Unsized2(pub u8);
#[derive(Shape)]
pub struct Old2(pub u8);

fn main() {
    assert_eq!(plugin_core::slot::<dyn IShape>().info().members().len(), 19);
}
