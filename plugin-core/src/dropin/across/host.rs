//! What the program does for a library when one of the two panics.

use core::any::Any;
use core::cell::{Cell, RefCell};
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::boxed::Box;
use std::format;
use std::panic::{
    AssertUnwindSafe, PanicHookInfo, catch_unwind, panic_any, resume_unwind, set_hook,
};
use std::string::String;
use std::sync::OnceLock;

use super::{Callee, Side};
use crate::PluginInfo;
use crate::origin::Package;

/// Not public API. Used by plugin-loader.
///
/// The program's own standard library, as far as its panics go.
#[repr(C)]
pub struct Host {
    /// Calls something of the program's.
    call: fn(&mut dyn FnMut()) -> Result<(), Payload>,
    /// Goes on with a panic.
    raise: fn(Payload) -> !,
    /// Panics with a text of which the program knows already.
    raise_text: fn(&str) -> !,
    /// Tells the program's panic hook.
    tell: fn(&str),
}

type Payload = Box<dyn Any + Send>;

impl Host {
    /// That of the program which this code is part of.
    #[must_use]
    pub const fn this() -> &'static Self {
        static THIS: Host = Host {
            call: |call| catch_unwind(AssertUnwindSafe(call)),
            raise: |payload| resume_unwind(payload),
            raise_text: |text| resume_unwind(Box::new(String::from(text))),
            tell: |text| {
                // Only a panic makes what a hook is told.
                let told = catch_unwind(|| panic_any(String::from(text)));
                drop(told);
            },
        };
        &THIS
    }
}

/// Not public API. Used by generated code.
///
/// What messages say of the library that this code is part of.
pub struct Library {
    package: &'static str,
    version: &'static str,
    file: String,
}

impl Library {
    #[must_use]
    pub fn new(package: &'static str, version: &'static str, file: &str) -> Self {
        let file = file.into();
        Self {
            package,
            version,
            file,
        }
    }
}

static HOST: AtomicPtr<Host> = AtomicPtr::new(ptr::null_mut());
static LIBRARY: OnceLock<Library> = OnceLock::new();

/// Not public API. Used by generated code.
///
/// From here on, the panics of this library are the host's.
pub fn attach(host: &'static Host, library: Library) {
    HOST.store(ptr::from_ref(host).cast_mut(), Ordering::Release);
    if LIBRARY.set(library).is_ok() {
        set_hook(Box::new(hook));
    }
}

/// None in a program, whose objects do not cross.
fn host() -> Option<&'static Host> {
    let host = HOST.load(Ordering::Acquire);
    // SAFETY: it was made of such a reference.
    unsafe { host.as_ref() }
}

std::thread_local! {
    /// The object of this library that is being called: of nested calls, the innermost one.
    static CURRENT: Cell<*const Callee> = const { Cell::new(ptr::null()) };
    /// The last panic of this thread that the hook has told of.
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

struct Told {
    message: String,
    text: String,
}

/// The object that is being called.
pub(super) fn current() -> Option<Callee> {
    let callee = CURRENT.try_with(Cell::get).ok()?;
    // SAFETY: it is on the stack of this thread, further down.
    unsafe { callee.as_ref() }.copied()
}

/// Not public API. Used by generated code.
///
/// A plugin of this library, which the program calls.
pub struct Guard;

impl Side for Guard {
    type Other = Proxy;

    #[inline]
    fn call<R>(callee: Callee, call: impl FnOnce() -> R) -> R {
        let call = AssertUnwindSafe(call);
        // Without the thread's storage, at its end, a message says less.
        let outcome = match CURRENT.try_with(|current| current.replace(&raw const callee)) {
            Ok(outer) => {
                let outcome = catch_unwind(call).map_err(Raised::new);
                let _ = CURRENT.try_with(|current| current.set(outer));
                outcome
            }
            Err(_) => catch_unwind(call).map_err(Raised::new),
        };
        match outcome {
            Ok(result) => result,
            Err(raised) => raised.raise(),
        }
    }
}

/// Not public API. Used by generated code.
///
/// An object of the program, which this library calls.
pub struct Proxy;

impl Side for Proxy {
    type Other = Guard;

    #[inline]
    fn call<R>(_: Callee, call: impl FnOnce() -> R) -> R {
        let Some(host) = host() else {
            return call();
        };
        let mut call = Some(call);
        let mut result = None;
        let outcome = (host.call)(&mut || result = call.take().map(|call| call()));
        match (outcome, result) {
            (Ok(()), Some(result)) => result,
            (Err(payload), _) => resume_unwind(Box::new(OfHost(payload))),
            (Ok(()), None) => unreachable!("the host has not called"),
        }
    }
}

/// A panic of the program's, on its way through this library.
struct OfHost(Payload);

/// A panic that is to be the program's.
enum Raised {
    Text(String),
    Payload(Payload),
}

impl Raised {
    #[cold]
    fn new(payload: Payload) -> Self {
        let payload = match payload.downcast::<OfHost>() {
            Ok(of_host) => return Self::Payload(of_host.0),
            Err(payload) => payload,
        };
        let told = TOLD.try_with(RefCell::take).ok().flatten();
        match message(&*payload) {
            // A panic that is not the last one, such as that of a thread which has been joined, has its own message.
            Some(message) => Self::Text(
                told.filter(|told| told.message == message)
                    .map_or_else(|| text(message, None), |told| told.text),
            ),
            None => Self::Payload(payload),
        }
    }

    #[cold]
    fn raise(self) -> ! {
        let host = host().unwrap_or(Host::this());
        match self {
            Self::Text(text) => (host.raise_text)(&text),
            Self::Payload(payload) => (host.raise)(payload),
        }
    }
}

/// What a panic says, if it is a text.
pub(crate) fn message(payload: &(dyn Any + Send)) -> Option<&str> {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// In the place of the hook that would print: the program's hook is told.
fn hook(info: &PanicHookInfo<'_>) {
    let message = message(info.payload()).unwrap_or("Box<dyn Any>");
    let place = info
        .location()
        .map(|place| format!("{}:{}:{}", place.file(), place.line(), place.column()));
    let text = text(message, place.as_deref());
    if let Some(host) = host() {
        (host.tell)(&text);
    }
    let message = message.into();
    let _ = TOLD.try_with(|told| told.replace(Some(Told { message, text })));
}

/// As in `` plugin `window` (glass 0.1.0, /usr/lib/matsim/libglass.so) panicked at src/lib.rs:7:9: too hot ``.
fn text(message: &str, place: Option<&str>) -> String {
    let callee = current();
    let plugin = callee.and_then(plugin);
    let what = plugin.map_or_else(
        || String::from("a drop-in"),
        |plugin| format!("plugin `{}`", plugin.name()),
    );
    let thread = std::thread::current();
    // The program sees the name of each thread but those that the library has begun.
    let thread = match (callee, thread.name()) {
        (None, Some(thread)) => format!(" in its thread `{thread}`"),
        _ => String::new(),
    };
    let origin = LIBRARY.get().map(|library| {
        let Library {
            package,
            version,
            file,
        } = library;
        let of_library = || Package {
            name: package,
            version,
        };
        // A library may have plugins of other crates.
        let package = plugin.map_or_else(of_library, |plugin| plugin.origin().package);
        format!(" ({package}, {file})")
    });
    let origin = origin.unwrap_or_default();
    let place = place.map(|place| format!(" at {place}"));
    let place = place.unwrap_or_default();
    format!("{what}{origin} panicked{thread}{place}: {message}")
}

/// The plugin that the object is, or that has made it.
fn plugin(callee: Callee) -> Option<&'static PluginInfo> {
    let name = (callee.type_name)();
    let is_it = |info: &&PluginInfo| info.is_of(callee.object, name);
    let mut found = crate::interfaces::plugins().filter(is_it);
    // Objects without a size may be at one address.
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
