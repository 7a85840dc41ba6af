//! The globals that a program lends to its libraries: the loggers, and a call at the exit of the process.
//!
//! A library has its own copy of them, which nobody has set up, so the handshake gives it those of the program. The two
//! may have other versions of `log` and `tracing`, so none of their types cross, only those of this module.

// What crosses has one form, whichever of the features the two have.
#![cfg_attr(
    not(all(feature = "log", feature = "tracing")),
    allow(dead_code, reason = "only a feature reads it")
)]

mod exit;
#[cfg(feature = "log")]
mod log;
#[cfg(feature = "tracing")]
mod tracing;

use std::boxed::Box;
use std::string::String;

/// Not public API. Used by plugin-loader.
///
/// The program's, for a library.
pub struct Globals {
    /// Calls the function when the process exits.
    at_exit: fn(fn()),
    log: Option<&'static dyn HostLog>,
    tracing: Option<&'static dyn HostTracing>,
}

impl Globals {
    /// Those of the program that this code is part of.
    #[must_use]
    pub const fn this() -> &'static Self {
        static THIS: Globals = Globals {
            at_exit: exit::at_exit,
            #[cfg(feature = "log")]
            log: Some(&log::Host),
            #[cfg(not(feature = "log"))]
            log: None,
            #[cfg(feature = "tracing")]
            tracing: Some(&tracing::Host),
            #[cfg(not(feature = "tracing"))]
            tracing: None,
        };
        &THIS
    }

    /// Makes them those of the library that this code is part of, as far as it has been built for it.
    pub(super) fn install(&self) {
        (self.at_exit)(exit::flush);
        #[cfg(feature = "log")]
        if let Some(host) = self.log {
            log::install(host);
        }
        #[cfg(feature = "tracing")]
        if let Some(host) = self.tracing {
            tracing::install(host);
        }
    }
}

/// The logger of the program. No method panics.
trait HostLog: Sync {
    /// From 0, for nothing, to 5, for all.
    fn max_level(&self) -> usize;
    fn is_enabled(&self, level: usize, target: &str) -> bool;
    fn log(&self, record: &Logged<'_>);
    fn flush(&self);
}

/// One record.
struct Logged<'a> {
    /// From 1, for an error, to 5, for a trace.
    level: usize,
    target: &'a str,
    text: &'a str,
    module_path: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
    values: &'a [(String, Value)],
}

/// A value of a record, of an event, or of a span. What has no simple type is text by now.
enum Value {
    Bool(bool),
    I64(i64),
    U64(u64),
    I128(i128),
    U128(u128),
    F64(f64),
    Text(String),
    /// What it prints.
    Shown(String),
}

/// The subscribers of the program. No method of these traits panics.
trait HostTracing: Sync {
    /// Makes the program know a place that makes events or spans.
    fn site(&self, site: &SiteOf) -> Option<&'static dyn HostSite>;
}

/// What is known of a place that makes events or spans.
struct SiteOf {
    name: &'static str,
    target: &'static str,
    /// From 1, for an error, to 5, for a trace.
    level: usize,
    module_path: Option<&'static str>,
    file: Option<&'static str>,
    line: Option<u32>,
    fields: &'static [&'static str],
    is_span: bool,
}

/// Such a place, as the program knows it. Values have the number of their field.
trait HostSite: Sync {
    fn is_enabled(&'static self) -> bool;
    fn event(&'static self, parent: Parent, values: &[(usize, Value)]);
    fn span(&'static self, parent: Parent, values: &[(usize, Value)]) -> Option<Box<dyn HostSpan>>;
}

/// A span of the program's, which ends when this is dropped.
trait HostSpan: Send + Sync {
    /// The number that the program gives to it.
    fn id(&self) -> u64;
    fn enter(&self);
    fn exit(&self);
    fn record(&self, values: &[(usize, Value)]);
    fn follows_from(&self, id: u64);
}

#[derive(Clone, Copy)]
enum Parent {
    /// The span that the thread is in.
    Current,
    None,
    Id(u64),
}

/// What is called for a library, and must not unwind into it: the panic has been reported here, where it started.
#[cfg(any(feature = "log", feature = "tracing"))]
fn contained<T: Default>(call: impl FnOnce() -> T) -> T {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        // Dropping it could panic as well.
        core::mem::forget(panic);
        T::default()
    })
}
