//! What a program and a library say to each other once the library is loaded.

use std::panic::catch_unwind;
use std::string::String;
use std::vec::Vec;

use super::allocator::Refused;
use super::{Allocator, HostAllocator};
use crate::across::{Guarded, Host, Library, attach, message};
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
    drop_in: &'static DropIn,
    type_name: &'static str,
    interfaces: &'static [&'static InterfaceInfo],
}

impl Introduced {
    #[must_use]
    pub fn record(&self) -> &'static [u8] {
        self.drop_in.record
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
        self.drop_in.objects
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
) {
    handshake.outcome = match allocator.install(handshake.allocator) {
        Ok(()) => {
            attach(
                handshake.host,
                Library::new(package, version, &handshake.file),
            );
            offered(header, own_plugins)
        }
        Err(Refused::Live(live)) => Outcome::Allocated(live),
        Err(Refused::OtherHost) => Outcome::OtherHost,
    };
}

/// A panic cannot leave the library that it started in: it is handed over as what it says.
fn offered(header: &'static [u8], plugins: fn() -> Vec<Introduced>) -> Outcome {
    match catch_unwind(plugins) {
        Ok(plugins) => Outcome::Offered { header, plugins },
        Err(panic) => {
            let text = message(&*panic).unwrap_or_default().into();
            // Dropping it could panic as well.
            core::mem::forget(panic);
            Outcome::Panicked(text)
        }
    }
}

/// The plugins of the crate that is the library: what it links in has no record.
fn own_plugins() -> Vec<Introduced> {
    let introduce = |info: &'static PluginInfo| {
        Some(Introduced {
            drop_in: info.drop_in()?,
            type_name: info.type_name(),
            interfaces: info.interfaces(),
        })
    };
    crate::interfaces::plugins().filter_map(introduce).collect()
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
            offered(&[1], own_plugins),
            Outcome::Offered { header: [1], plugins } if plugins.is_empty()
        ));
    }
}
