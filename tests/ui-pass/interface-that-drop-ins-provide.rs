//! Types of every kind, behind an interface that may be provided by a drop-in.

#![deny(warnings)]
#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Debug, Display};
use std::marker::PhantomData;
use std::sync::Arc;

use plugin_core::{Shape, interface, plugin, plugins, shape};

#[derive(Shape)]
pub struct Unit;

#[derive(Shape)]
pub enum Never {}

#[derive(Shape)]
pub struct View<'a> {
    text: &'a str,
    callback: fn(&str, &'a Unit) -> Option<&'a str>,
    hidden: Option<Hidden>,
    again: Option<&'a Self>,
}

#[derive(Shape)]
struct Hidden(Box<dyn Fn(&Unit) -> u8 + Send + Sync>);

#[derive(Shape)]
pub struct Tree<T: ?Sized + Debug, const N: usize = 2> {
    pub children: [Vec<Tree<T, N>>; N],
    pub parent: Option<Box<Self>>,
    pub value: Box<T>,
}

pub trait Has {
    type Out;
}

impl Has for Unit {
    type Out = u8;
}

#[derive(Shape)]
pub struct Projected<T: Has>(pub <T as Has>::Out, pub PhantomData<T>)
where
    T: Debug;

impl Debug for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Unit")
    }
}

#[derive(Shape)]
#[repr(i8)]
pub enum Signed {
    Negative = -1,
    Zero = 1 - 1,
    Many { fields: (u8, u16), of: HashMap<String, Vec<Signed>> },
}

#[derive(Shape)]
#[shape(foreign(std::process::Stdio))]
pub struct Wide {
    pub a: u8, pub b: u8, pub c: u8, pub d: u8, pub e: u8, pub f: u8, pub g: u8, pub h: u8, pub i: u8,
    pub stdio: std::process::Stdio,
    #[cfg(any())]
    pub none: Nothing,
}

#[shape]
pub trait Convert<T>: Display {
    type Out;
    fn convert(&self, from: T) -> Self::Out where Self: Sized;
    fn log(&self, other: &dyn Log);
    #[cfg(any())]
    fn none(&self) -> Nothing;
}

#[shape]
pub trait Log {
    fn log(&mut self, arguments: fmt::Arguments, other: &dyn Log);
}

#[interface(dropin)]
pub trait IBase: Debug + Send {
    fn base(&self) {}
}

#[interface(dropin, foreign(std::process::Stdio))]
pub trait IAll: IBase {
    fn view<'a>(&'a self, view: View<'a>) -> Option<View<'a>>;
    fn tree(&self, tree: &Tree<str>, other: Arc<Tree<dyn Debug + Send, 3>>) -> Projected<Unit>;
    fn enums(&self, never: Option<Never>, signed: Signed) -> Result<Wide, Box<dyn std::error::Error + Send + Sync>>;
    fn traits(&self, log: &mut dyn Log, convert: Box<dyn Convert<u8, Out = Unit> + Send>, base: &dyn IBase);
    fn standard(&self, cow: Cow<'_, [u8]>, formatter: &mut fmt::Formatter<'_>, stdio: Vec<std::process::Stdio>) -> fmt::Result;
    fn closures(&self, map: &mut dyn for<'a> FnMut(&'a str, Unit) -> &'a str, all: Option<&dyn IAll>) -> (u8, [u8; 1 + 1]);
    #[cfg(any())]
    fn none(&self) -> Nothing;
    #[cfg(all())]
    fn some(&self, unit: Unit);
    fn left_out<T>(&self, value: T) -> T where Self: Sized { value }
}

#[derive(Debug)]
struct All;

impl IBase for All {}

impl IAll for All {
    fn view<'a>(&'a self, view: View<'a>) -> Option<View<'a>> {
        let View { text, callback, hidden, again } = view;
        let _ = (callback(text, &Unit), hidden.map(|hidden| (hidden.0)(&Unit)));
        again.is_none().then_some(View { text, callback, hidden: None, again: None })
    }
    fn tree(&self, _: &Tree<str>, _: Arc<Tree<dyn Debug + Send, 3>>) -> Projected<Unit> {
        Projected(1, PhantomData)
    }
    fn enums(&self, _: Option<Never>, _: Signed) -> Result<Wide, Box<dyn std::error::Error + Send + Sync>> {
        Err("none".into())
    }
    fn traits(&self, _: &mut dyn Log, _: Box<dyn Convert<u8, Out = Unit> + Send>, _: &dyn IBase) {}
    fn standard(&self, _: Cow<'_, [u8]>, _: &mut fmt::Formatter<'_>, _: Vec<std::process::Stdio>) -> fmt::Result {
        Ok(())
    }
    fn closures(&self, _: &mut dyn for<'a> FnMut(&'a str, Unit) -> &'a str, _: Option<&dyn IAll>) -> (u8, [u8; 1 + 1]) {
        (0, [0; 2])
    }
    fn some(&self, _: Unit) {}
}

#[plugin(IAll, IBase)]
static ALL: All = All;

fn main() {
    assert_eq!(plugins::<dyn IAll>().len(), 1);
}
