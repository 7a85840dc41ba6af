//! A library of which nothing is right.

use std::cell::RefCell;
use std::fmt::{self, Debug, Display};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind};
use std::pin::Pin;
use std::process;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use iface::*;
use plugin_core::{IPlugin, dropin, plugin};
use serde::{Deserialize, Deserializer};

dropin!();

/// Panics everywhere.
pub struct Faulty;

impl Debug for Faulty {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("debug")
    }
}

impl Display for Faulty {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("display")
    }
}

#[plugin(IPlugin, IFault, name = "faulty")]
static FAULTY: Faulty = Faulty;

#[plugin(IPlugin, IPart, name = "late")]
static LATE: LazyLock<Part> = LazyLock::new(|| panic!("not made"));

/// A part without a value.
#[derive(Debug)]
pub struct Part(&'static str);

impl IPart for Part {
    fn value(&self) -> u64 {
        panic!("{}", self.0)
    }
}

struct Dropped;

impl IPart for Dropped {
    fn value(&self) -> u64 {
        1
    }
}

impl Drop for Dropped {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

struct Numbers;

impl Iterator for Numbers {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        panic!("next")
    }
}

impl Log for Numbers {
    fn line(&self, text: &str) {
        panic!("line {text}")
    }

    fn count(&mut self) -> u64 {
        panic!("count")
    }
}

impl Write for Numbers {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        panic!("write {}", bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Numbers {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("read")
    }
}

fn part(text: &'static str) -> Box<dyn IPart> {
    Box::new(Part(text))
}

impl IFault for Faulty {
    fn attribute(&self) -> u64 {
        panic!("an attribute")
    }

    fn method(&self) -> u64 {
        panic!("a method")
    }

    fn fine(&self) -> u64 {
        7
    }

    fn panics(&self, how: How) -> u64 {
        match how {
            How::Formatted => panic!("formatted {}", 1 + 1),
            How::Number => panic_any(42_u64),
            How::Index => [1, 2, 3][self.fine() as usize],
            How::Unwrap => None.unwrap(),
            How::Overflow => u64::MAX - 6 + self.fine(),
            How::Capacity => Vec::<u64>::with_capacity(usize::MAX).len() as u64,
            How::Thread => thread::Builder::new()
                .name("worker".into())
                .spawn(|| panic!("in a thread"))
                .unwrap()
                .join()
                .unwrap(),
            How::Resumed => match thread::spawn(|| panic!("in a thread")).join() {
                Ok(never) => never,
                Err(panic) => resume_unwind(panic),
            },
            How::Poisoned => {
                static LOCK: Mutex<u64> = Mutex::new(0);
                let _ = catch_unwind(|| {
                    let _held = LOCK.lock();
                    panic!("while it is held")
                });
                *LOCK.lock().unwrap()
            }
            How::Assert => {
                assert_eq!(self.fine(), 8, "not eight");
                0
            }
            How::Drop => {
                drop(Dropped);
                0
            }
            How::Borrow => {
                let cell = RefCell::new(0);
                let _first = cell.borrow_mut();
                *cell.borrow()
            }
            How::Abort => process::abort(),
            How::Twice => {
                let _dropped = Dropped;
                panic!("once")
            }
            How::Stack => deep(self.fine()),
            How::Memory => {
                let layout = std::alloc::Layout::new::<u64>();
                std::alloc::handle_alloc_error(layout)
            }
            How::Exit => process::exit(3),
        }
    }

    fn boxed(&self) -> Box<dyn IPart> {
        part("boxed")
    }

    fn shared(&self) -> Arc<dyn IPart> {
        Arc::new(Part("shared"))
    }

    fn lent(&self) -> &dyn IPart {
        &Part("lent")
    }

    fn dropped(&self) -> Box<dyn IPart> {
        Box::new(Dropped)
    }

    fn several(&self) -> Option<Vec<Box<dyn IPart>>> {
        Some(vec![part("several")])
    }

    fn sample(&self) -> Sample {
        let part = part("sample");
        Sample { mass: 1.0, part }
    }

    fn either(&self) -> Either {
        let part = part("either");
        Either::Part { part }
    }

    fn numbers(&self) -> Box<dyn Iterator<Item = u64> + '_> {
        Box::new(Numbers)
    }

    fn parts(&self) -> Box<dyn Iterator<Item = Box<dyn IPart>>> {
        Box::new([part("parts")].into_iter())
    }

    fn later(&self) -> Pin<Box<dyn Future<Output = u64> + Send>> {
        Box::pin(async { panic!("later") })
    }

    fn closure(&self) -> Box<dyn Fn(u64) -> u64 + Send + Sync> {
        Box::new(|given| panic!("closure {given}"))
    }

    fn once(&self) -> Box<dyn FnOnce() -> u64> {
        Box::new(|| panic!("once"))
    }

    fn logger(&self) -> Box<dyn Log> {
        Box::new(Numbers)
    }

    fn writer(&self) -> Box<dyn Write> {
        Box::new(Numbers)
    }

    fn reader(&self) -> Box<dyn Read> {
        Box::new(Numbers)
    }

    fn call(&self, closure: &dyn Fn(u64) -> u64) -> u64 {
        closure(1)
    }

    fn call_with(&self, closure: &dyn Fn(&str) -> usize) -> usize {
        closure("lifetime")
    }

    fn call_mut(&self, closure: &mut dyn FnMut(u64)) {
        closure(1);
    }

    fn call_once(&self, closure: Box<dyn FnOnce() -> u64>) -> u64 {
        closure()
    }

    fn call_and_catch(&self, closure: &dyn Fn(u64) -> u64) -> bool {
        catch_unwind(AssertUnwindSafe(|| closure(1))).is_err()
    }

    fn log(&self, log: &dyn Log) {
        log.line("from faulty");
    }

    fn count(&self, log: &mut dyn Log) -> u64 {
        log.count()
    }

    fn value_of(&self, part: &dyn IPart) -> u64 {
        part.value()
    }

    fn take(&self, part: Box<dyn IPart>) -> u64 {
        part.value()
    }

    fn sum(&self, numbers: &mut dyn Iterator<Item = u64>) -> u64 {
        numbers.sum()
    }

    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"text")
    }

    fn nested(&self, other: &dyn IFault) -> u64 {
        other.method()
    }

    fn function(&self) -> fn() {
        || panic!("a function")
    }
}

struct Deep;

#[plugin(IPlugin, IAny, IPart, IDeep, name = "deep")]
static DEEP: Deep = Deep;

impl IAny for Deep {
    fn number(&self) -> u64 {
        panic!("a number")
    }
}

impl IPart for Deep {
    fn value(&self) -> u64 {
        panic!("a value")
    }
}

impl IDeep for Deep {
    fn pick<'a>(&self, one: &'a dyn IPart, other: Option<&'a dyn IPart>) -> &'a dyn IPart {
        other.unwrap_or(one)
    }

    fn have_handled(&self, handler: &mut dyn Handler<u64, Out = String>) -> String {
        handler.handle(7)
    }

    unsafe fn wild(&self) -> u64 {
        panic!("wild")
    }

    fn counted(&self) -> Rc<dyn IPart> {
        Rc::new(Part("counted"))
    }
}

#[allow(unconditional_recursion, reason = "it is what is tried")]
fn deep(depth: u64) -> u64 {
    let block = [depth; 1000];
    std::hint::black_box(&block);
    deep(block[3] + 1) + block[7]
}

/// Whose parameters cannot be read.
#[plugin(IMade, name = "unreadable")]
#[derive(Deserialize)]
pub struct Unreadable {
    #[serde(deserialize_with = "unreadable")]
    #[allow(dead_code, reason = "it is never read")]
    size: u64,
}

fn unreadable<'de, D: Deserializer<'de>>(_: D) -> Result<u64, D::Error> {
    panic!("deserialized")
}

impl IMade for Unreadable {
    fn change(&mut self) -> u64 {
        0
    }

    fn finish(self: Box<Self>) -> u64 {
        0
    }
}

/// Which can be made, and no more.
#[plugin(IMade, name = "made")]
#[derive(Deserialize)]
pub struct Made {
    size: u64,
}

impl IMade for Made {
    fn change(&mut self) -> u64 {
        self.size += 1;
        panic!("changed to {}", self.size)
    }

    fn finish(self: Box<Self>) -> u64 {
        panic!("finished with {}", self.size)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if self.size == 0 {
            panic!("nothing to drop");
        }
    }
}
