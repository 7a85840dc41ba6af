//! What a program and a library say to each other once the library is loaded.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::String;
use std::vec::Vec;

use super::across::{Guarded, Host, Library, attach, message};
use super::allocator::Refused;
use super::named::Named;
use super::{Allocator, Globals, HostAllocator};
use crate::{InterfaceInfo, PluginInfo};

/// Not public API. Used by generated code.
///
/// What a plugin of a library has for who loads it, where one that is linked in has nothing.
pub struct DropIn {
    /// What the manifest says of it, as it lies in the library's memory.
    record: &'static [u8],
    objects: Objects,
}

/// Not public API. Used by generated code.
///
/// A plugin as the provider of each of its interfaces.
pub type Objects = &'static [Guarded];

impl DropIn {
    #[must_use]
    pub const fn new(record: &'static [u8], objects: Objects) -> Self {
        Self { record, objects }
    }
}

/// Not public API. Used by plugin-loader.
///
/// One plugin of a library, with what is asked of it in the library: there, the ids of types are
/// those that it was compiled with.
pub struct Introduced {
    record: &'static [u8],
    objects: Objects,
    type_name: &'static str,
    interfaces: &'static [&'static InterfaceInfo],
}

impl Introduced {
    #[must_use]
    pub fn record(&self) -> &'static [u8] {
        self.record
    }

    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    #[must_use]
    pub fn interfaces(&self) -> &'static [&'static InterfaceInfo] {
        self.interfaces
    }

    /// The plugin's objects, in the order of its interfaces.
    #[must_use]
    pub fn objects(&self) -> Objects {
        self.objects
    }

    /// A plugin of the crate that is the library.
    fn own(info: &'static PluginInfo) -> Option<Self> {
        let DropIn { record, objects } = info.drop_in()?;
        Some(Self::new(info, record, objects))
    }

    /// A plugin of a crate that it names.
    fn named(named: &'static Named) -> Option<Self> {
        let is_offered = !named.record.is_empty();
        is_offered.then(|| Self::new(named.info, named.record, named.objects))
    }

    fn new(info: &'static PluginInfo, record: &'static [u8], objects: Objects) -> Self {
        Self {
            record,
            objects,
            type_name: info.type_name(),
            interfaces: info.interfaces(),
        }
    }
}

/// Not public API. Used by generated code, and by plugin-loader.
///
/// What the host gives, and what it gets.
#[repr(C)]
pub struct Handshake {
    allocator: &'static HostAllocator,
    host: &'static Host,
    /// The library's file, as messages name it.
    file: String,
    globals: &'static Globals,
    outcome: Outcome,
}

/// Not public API. Used by plugin-loader.
#[repr(C)]
pub enum Outcome {
    /// The library has not answered.
    Unanswered,
    /// The library's header, and its plugins, in no order.
    Offered {
        header: &'static [u8],
        plugins: Vec<Introduced>,
    },
    /// So many allocations were made before the host could give its allocator, and not freed.
    Allocated(usize),
    /// The library allocates with another host of this process.
    OtherHost,
    /// The entry has panicked.
    Panicked(String),
}

impl Handshake {
    /// Before the call.
    #[must_use]
    pub const fn of_this_program(file: String) -> Self {
        Self {
            allocator: HostAllocator::this(),
            host: Host::this(),
            file,
            globals: Globals::this(),
            outcome: Outcome::Unanswered,
        }
    }

    /// After the call.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        self.outcome
    }
}

/// Not public API. Used by generated code.
///
/// All that the entry of a library does.
pub fn enter(
    handshake: &mut Handshake,
    allocator: &Allocator,
    header: &'static [u8],
    [package, version]: [&'static str; 2],
    named: &'static [Named],
) {
    handshake.outcome = match allocator.install(handshake.allocator) {
        Ok(()) => {
            attach(
                handshake.host,
                Library::new(package, version, &handshake.file),
            );
            let globals = handshake.globals;
            offered(header, || {
                globals.install();
                plugins(named)
            })
        }
        Err(Refused::Live(live)) => Outcome::Allocated(live),
        Err(Refused::OtherHost) => Outcome::OtherHost,
    };
}

/// A panic cannot leave the library that it started in: it is handed over as what it says.
fn offered(header: &'static [u8], plugins: impl FnOnce() -> Vec<Introduced>) -> Outcome {
    // After a panic, nothing of it is used.
    match catch_unwind(AssertUnwindSafe(plugins)) {
        Ok(plugins) => Outcome::Offered { header, plugins },
        Err(panic) => {
            let text = message(&*panic).unwrap_or_default().into();
            // Dropping it could panic as well.
            core::mem::forget(panic);
            Outcome::Panicked(text)
        }
    }
}

/// The plugins of the crate that is the library, and of those that it names: what else it links in has no record.
fn plugins(named: &'static [Named]) -> Vec<Introduced> {
    let own = crate::interfaces::plugins().filter_map(Introduced::own);
    own.chain(named.iter().filter_map(Introduced::named))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(plugins: fn() -> Vec<Introduced>) -> String {
        match offered(&[], plugins) {
            Outcome::Panicked(text) => text,
            _ => panic!("it did not panic"),
        }
    }

    #[test]
    fn an_entry_that_panics_says_so() {
        assert_eq!(says(|| panic!("text")), "text");
        assert_eq!(says(|| panic!("text {}", 1)), "text 1");
        assert_eq!(says(|| std::panic::panic_any(7)), "");
    }

    #[test]
    fn a_program_offers_nothing() {
        assert!(matches!(
            offered(&[1], || plugins(&[])),
            Outcome::Offered { header: [1], plugins } if plugins.is_empty()
        ));
    }
}
