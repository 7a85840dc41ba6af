//! Ways in which a call may go from a program to a drop-in, and back.

use std::any::Any;
use std::fmt::{Debug, Display};
use std::io::{Read, Write};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use plugin_core::{Shape, interface, shape};

/// A part of something.
#[interface(dropin)]
pub trait IPart {
    /// What it is worth.
    fn value(&self) -> u64;
}

/// Something that a program lends to its plugins.
#[shape]
pub trait Log {
    /// Writes a line.
    fn line(&self, text: &str);

    /// Counts.
    fn count(&mut self) -> u64;
}

/// Something with an object in it.
#[derive(Shape)]
pub struct Sample {
    /// How heavy it is.
    pub mass: f64,
    /// What it is made of.
    pub part: Box<dyn IPart>,
}

/// One of two.
#[derive(Shape)]
pub enum Either {
    /// Nothing.
    None,
    /// A part.
    Part {
        /// That part.
        part: Box<dyn IPart>,
    },
}

/// What may go wrong.
#[interface(dropin)]
pub trait IFault: Debug + Display {
    /// An attribute.
    #[attribute]
    fn attribute(&self) -> u64;

    /// A method.
    fn method(&self) -> u64;

    /// A method with a body.
    fn default_method(&self) -> u64 {
        panic!("a default method")
    }

    /// Something that is all right.
    fn fine(&self) -> u64;

    /// Panics in many ways.
    fn panics(&self, how: How) -> u64;

    /// An object.
    fn boxed(&self) -> Box<dyn IPart>;

    /// An object that is shared.
    fn shared(&self) -> Arc<dyn IPart>;

    /// An object that belongs to the plugin.
    fn lent(&self) -> &dyn IPart;

    /// An object whose destructor panics.
    fn dropped(&self) -> Box<dyn IPart>;

    /// Objects.
    fn several(&self) -> Option<Vec<Box<dyn IPart>>>;

    /// An object in a struct.
    fn sample(&self) -> Sample;

    /// An object in an enum.
    fn either(&self) -> Either;

    /// Numbers.
    fn numbers(&self) -> Box<dyn Iterator<Item = u64> + '_>;

    /// Objects, one after the other.
    fn parts(&self) -> Box<dyn Iterator<Item = Box<dyn IPart>>>;

    /// A number, later.
    fn later(&self) -> Pin<Box<dyn Future<Output = u64> + Send>>;

    /// A closure.
    fn closure(&self) -> Box<dyn Fn(u64) -> u64 + Send + Sync>;

    /// A closure that is called once.
    fn once(&self) -> Box<dyn FnOnce() -> u64>;

    /// An object of a plain trait.
    fn logger(&self) -> Box<dyn Log>;

    /// Something to write to.
    fn writer(&self) -> Box<dyn Write>;

    /// Something to read.
    fn reader(&self) -> Box<dyn Read>;

    /// Calls a closure of the program's.
    fn call(&self, closure: &dyn Fn(u64) -> u64) -> u64;

    /// Calls a closure that takes something with a lifetime.
    fn call_with(&self, closure: &dyn Fn(&str) -> usize) -> usize;

    /// Calls a closure that changes something.
    fn call_mut(&self, closure: &mut dyn FnMut(u64));

    /// Calls a closure once.
    fn call_once(&self, closure: Box<dyn FnOnce() -> u64>) -> u64;

    /// Calls a closure, and catches what it throws.
    fn call_and_catch(&self, closure: &dyn Fn(u64) -> u64) -> bool;

    /// Writes to a log of the program's.
    fn log(&self, log: &dyn Log);

    /// Counts with a log of the program's.
    fn count(&self, log: &mut dyn Log) -> u64;

    /// Asks a part of the program's.
    fn value_of(&self, part: &dyn IPart) -> u64;

    /// Asks a part that it is given.
    fn take(&self, part: Box<dyn IPart>) -> u64;

    /// Takes all that there is.
    fn sum(&self, numbers: &mut dyn Iterator<Item = u64>) -> u64;

    /// Writes.
    fn write(&self, to: &mut dyn Write) -> std::io::Result<()>;

    /// Calls another plugin.
    fn nested(&self, other: &dyn IFault) -> u64;

    /// A pointer to a function.
    fn function(&self) -> fn();
}

/// A way to panic.
#[derive(Clone, Copy, Debug, Shape)]
pub enum How {
    /// With a formatted text.
    Formatted,
    /// With a number.
    Number,
    /// By an index.
    Index,
    /// By `unwrap`.
    Unwrap,
    /// By an overflow of an addition.
    Overflow,
    /// By too much memory.
    Capacity,
    /// In a thread, whose result is unwrapped.
    Thread,
    /// In a thread, from which it goes on.
    Resumed,
    /// While a lock is held, and then again for the poison.
    Poisoned,
    /// By an assertion.
    Assert,
    /// In a destructor, after the value was moved.
    Drop,
    /// By `RefCell`.
    Borrow,
    /// It ends the process.
    Abort,
    /// It panics while it panics.
    Twice,
    /// It has no end.
    Stack,
    /// There is no memory.
    Memory,
    /// It exits.
    Exit,
}

/// Handles values, whatever they are.
#[shape]
pub trait Handler<T> {
    /// What comes of one.
    type Out;

    /// Handles one.
    fn handle(&mut self, value: T) -> Self::Out;
}

/// An object of the plugin's own type.
#[interface(dropin)]
pub trait IAny: Any {
    /// Which one it is.
    fn number(&self) -> u64;
}

/// What extends others.
#[interface(dropin)]
pub trait IDeep: IAny + IPart {
    /// One of two.
    fn pick<'a>(&self, one: &'a dyn IPart, other: Option<&'a dyn IPart>) -> &'a dyn IPart;

    /// Has something handled.
    fn have_handled(&self, handler: &mut dyn Handler<u64, Out = String>) -> String;

    /// Asks for a promise.
    ///
    /// # Safety
    ///
    /// It is kept.
    unsafe fn wild(&self) -> u64;

    /// For those that know the type.
    fn known<T>(&self, given: T) -> T
    where
        Self: Sized,
    {
        given
    }

    /// An object that one thread shares.
    fn counted(&self) -> Rc<dyn IPart>;
}

/// Made of parameters.
#[interface(dropin, configured)]
pub trait IMade {
    /// Something that changes it.
    fn change(&mut self) -> u64;

    /// Takes it apart.
    fn finish(self: Box<Self>) -> u64;
}
