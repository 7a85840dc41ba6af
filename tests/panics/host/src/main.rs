//! Calls what panics, and says what it has seen.

use std::cell::Cell;
use std::env;
use std::fmt::Display;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::thread;

use iface::*;
use plugin_core::Configured;
use plugin_loader::Package;

/// What the hook was told.
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn hook(info: &PanicHookInfo<'_>) {
    let text = info.payload_as_str().unwrap_or("no text").to_owned();
    let thread = thread::current();
    let thread = thread.name().unwrap_or("no name");
    TOLD.lock().unwrap().push(format!("[{thread}] {text}"));
}

/// Runs it, and prints what came of it.
fn row<T: Display>(name: &str, run: impl FnOnce() -> T) {
    let seen = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(value) => format!("returned {value}"),
        Err(panic) => match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(text), _) => format!("caught {text}"),
            (_, Some(text)) => format!("caught {text}"),
            _ => format!(
                "caught {}",
                panic
                    .downcast_ref::<u64>()
                    .map_or("?".into(), |n| format!("the number {n}"))
            ),
        },
    };
    let told = std::mem::take(&mut *TOLD.lock().unwrap());
    println!("{name} | {seen} | {}", told.join("; "));
}

struct Host<'a>(&'a str);

impl Log for Host<'_> {
    fn line(&self, text: &str) {
        panic!("{} was given {text}", self.0)
    }

    fn count(&mut self) -> u64 {
        panic!("{}", self.0)
    }
}

impl IPart for Host<'static> {
    fn value(&self) -> u64 {
        panic!("{}", self.0)
    }
}

impl Handler<u64> for Host<'_> {
    type Out = String;

    fn handle(&mut self, value: u64) -> String {
        panic!("{} was given {value}", self.0)
    }
}

impl Iterator for Host<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        panic!("{}", self.0)
    }
}

impl Write for Host<'_> {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        panic!("{}", self.0)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Says that it was dropped.
struct Dropped<'a>(&'a Cell<u64>);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

fn made(text: &str) -> Configured<dyn IMade> {
    serde_json::from_str(text).unwrap()
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    // SAFETY: it is one of these tests.
    let package = unsafe { Package::of_directories("faults", &[&arguments[0]]) };
    let package = package.install();
    let faulty = package.find::<dyn IFault>("faulty").unwrap();
    let deep = package.find::<dyn IDeep>("deep").unwrap();
    let late = package.find::<dyn IPart>("late").unwrap();
    let other = package.find::<dyn IPart>("other").unwrap();

    if let Some(how) = arguments.get(1) {
        let how = match how.as_str() {
            "abort" => How::Abort,
            "twice" => How::Twice,
            "stack" => How::Stack,
            "memory" => How::Memory,
            "exit" => How::Exit,
            "function" => {
                let _ = catch_unwind(faulty.function());
                return;
            }
            _ => unreachable!("{how}"),
        };
        let _ = catch_unwind(AssertUnwindSafe(|| faulty.panics(how)));
        return;
    }

    set_hook(Box::new(hook));
    row("a method", || faulty.method());
    row("a default method", || faulty.default_method());
    row("an attribute", || faulty.attribute());
    row("`Debug`", || format!("{:?}", &**faulty));
    row("`Display`", || faulty.to_string());
    row("a `LazyLock`", || late.value());
    row("a `LazyLock`, again", || late.value());
    row("a formatted text", || faulty.panics(How::Formatted));
    row("`panic_any`", || faulty.panics(How::Number));
    row("an index", || faulty.panics(How::Index));
    row("`unwrap`", || faulty.panics(How::Unwrap));
    row("`assert_eq!`", || faulty.panics(How::Assert));
    row("an overflow", || faulty.panics(How::Overflow));
    row("too large a `Vec`", || faulty.panics(How::Capacity));
    row("a `RefCell`", || faulty.panics(How::Borrow));
    row("a destructor inside", || faulty.panics(How::Drop));
    row("a thread of the plugin's", || faulty.panics(How::Thread));
    row("a thread of the plugin's, resumed", || {
        faulty.panics(How::Resumed)
    });
    row("a poisoned lock of the plugin's", || {
        faulty.panics(How::Poisoned)
    });
    row("`Box<dyn IPart>`", || faulty.boxed().value());
    row("`Arc<dyn IPart>`", || faulty.shared().value());
    row("`&dyn IPart`", || faulty.lent().value());
    row("`Option<Vec<Box<dyn IPart>>>`", || {
        faulty.several().unwrap()[0].value()
    });
    row("an object in a struct", || faulty.sample().part.value());
    row("an object in an enum", || match faulty.either() {
        Either::Part { part } => part.value(),
        Either::None => 0,
    });
    row("`Drop` of `Box<dyn IPart>`", || {
        let part = faulty.dropped();
        let value = part.value();
        drop(part);
        value
    });
    row("an iterator", || faulty.numbers().sum::<u64>());
    row("an object of an iterator", || {
        faulty.parts().next().unwrap().value()
    });
    row("a future", || {
        let mut future = pin!(faulty.later());
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(value) => value,
            Poll::Pending => 0,
        }
    });
    row("a closure", || faulty.closure()(5));
    row("a `FnOnce`", || faulty.once()());
    row("an object of a plain trait", || {
        faulty.logger().line("of the host");
        0
    });
    row("the same, changed", || faulty.logger().count());
    row("a `Write`", || faulty.writer().write(b"text").unwrap());
    row("a `Read`", || faulty.reader().read(&mut [0]).unwrap());
    row("parameters", || {
        made(r#"{ "use": "unreadable", "size": 1 }"#).change()
    });
    row("what was made of parameters", || {
        made(r#"{ "use": "made", "size": 3 }"#).change()
    });
    row("what is consumed", || {
        made(r#"{ "use": "made", "size": 3 }"#).into_box().finish()
    });
    row("`Drop` of what was made", || {
        drop(made(r#"{ "use": "made", "size": 0 }"#));
        0
    });

    row("a method of a supertrait", || deep.number());
    row("the same, of the supertrait's object", || {
        let part: &dyn IPart = &**deep;
        part.value()
    });
    // SAFETY: there is nothing to keep.
    row("an unsafe method", || unsafe { deep.wild() });
    row("`Rc<dyn IPart>`", || deep.counted().value());

    row("a reference that comes back", || {
        deep.pick(
            &Host("the host's part"),
            Some(&Host("the host's other part")),
        )
        .value()
    });
    row("a trait of the host's with parameters", || {
        deep.have_handled(&mut Host("the host's handler"))
    });
    row("a closure of the host's", || {
        faulty.call(&|_| panic!("the host's closure"))
    });
    row("a closure that borrows", || {
        faulty.call_with(&|text| panic!("the host's {text}"))
    });
    row("a `FnMut` of the host's", || {
        faulty.call_mut(&mut |_| panic!("the host's closure"));
        0
    });
    row("a `FnOnce` of the host's", || {
        faulty.call_once(Box::new(|| panic!("the host's closure")))
    });
    row("a closure whose panic the plugin catches", || {
        faulty.call_and_catch(&|_| panic!("the host's closure"))
    });
    row("a plain trait of the host's", || {
        faulty.log(&Host("the host's log"));
        0
    });
    row("the same, changed by the plugin", || {
        faulty.count(&mut Host("the host's log"))
    });
    row("an interface of the host's", || {
        faulty.value_of(&Host("the host's part"))
    });
    row("a box of the host's", || {
        faulty.take(Box::new(Host("the host's part")))
    });
    row("an iterator of the host's", || {
        faulty.sum(&mut Host("the host's iterator"))
    });
    row("a `Write` of the host's", || {
        faulty.write(&mut Host("the host's file")).unwrap();
        0
    });
    row("a plugin that calls another library's", || {
        faulty.value_of(&**other)
    });
    row("a plugin that calls itself", || faulty.nested(&**faulty));
    row("a plugin in the host's closure in a plugin", || {
        faulty.call(&|_| faulty.panics(How::Formatted))
    });

    row("a thread of the host's", || {
        let thread = thread::Builder::new().name("host's".into());
        match thread.spawn(|| faulty.method()).unwrap().join() {
            Ok(value) => value.to_string(),
            Err(panic) => format!("joined: {}", panic.downcast_ref::<String>().unwrap()),
        }
    });
    row("a lock of the host's", || {
        let lock = Mutex::new(0);
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let _held = lock.lock().unwrap();
            faulty.method()
        }));
        format!("poisoned: {}", lock.is_poisoned())
    });
    let count = Cell::new(0);
    row("destructors of the host's", || {
        let _dropped = Dropped(&count);
        faulty.call(&|_| {
            let _dropped = Dropped(&count);
            faulty.method()
        })
    });
    row("how many were run", || count.get());
    row("and then", || faulty.fine());
}
