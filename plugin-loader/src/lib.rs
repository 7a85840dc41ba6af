//! Loads plugins for [`plugin_core`] at run time from drop-in directories.
//!
//! The author of a plugin builds a `cdylib` with [`dropin!()`](plugin_core::dropin) in its crate root, and a user copies
//! that library into a directory. The host program searches its directories with a [`Package`]:
//!
//! ```
//! # mod demo {
//! # #[plugin_core::interface]
//! # pub trait IMaterial {}
//! # }
//! # use demo::*;
//! # fn main() {
//! use plugin_loader::Package;
//!
//! // SAFETY: only the administrator and this user can write below these directories.
//! let package = unsafe { Package::new("matsim.plugins", ["/usr/lib", "/usr/local/lib"]) };
//! for material in package.plugins::<dyn IMaterial>() {
//!     println!("{}", material.info);
//! }
//! for event in package.poll() {
//!     println!("{event}");
//! }
//! for unused in package.report() {
//!     eprintln!("{unused}");
//! }
//! # }
//! ```
//!
//! Each library describes its plugins in a section of its file. The loader reads that section without running any code
//! of the library, and loads the library only when the program asks for an interface that the library provides, or for
//! one of its plugins by name. A library that was built by another compiler, with other flags, or against another version
//! of an interface is not loaded; [`Refusal`] lists every reason. A program that does not depend on this crate pays
//! nothing for drop-ins.
//!
//! # The private copy
//!
//! The loader only reads the file in the directory: it makes a copy, checks the copy, and loads the copy. So no other
//! process can change a library between the check and the load, and overwriting the file later does no harm.
//!
//! On Linux the copy is a sealed file in memory, named after the path of the library:
//!
//! - `/proc/self/maps` shows `/memfd:/usr/lib/matsim/libglass.so (deleted)`.
//! - `dladdr` and debuggers show `/proc/self/fd/5`. A backtrace that the process prints itself reads its symbols from
//!   there. In `gdb`, name the file: `add-symbol-file libglass.so -o ADDRESS`, with the first address in `maps`.
//! - In each process, the copy takes as much memory as the file is long, and one file descriptor.
//! - Libraries that a drop-in finds through `$ORIGIN` are not copied; they are loaded from their place beside the
//!   drop-in. Each needs a `SONAME`. A drop-in that asks for its own path does not get the directory in which it is
//!   installed.
//!
//! The copy is a file on disk instead on other systems, if there is no `/proc`, if the system does not execute files in
//! memory, or if half of the process's file descriptors are in use. It is in a directory `plugin-loader-…` in
//! [`temp_dir`](std::env::temp_dir) that only this user can write to. The file is removed as soon as it is loaded; on
//! Windows it stays. A copy on disk takes a file descriptor too, as long as half of them are free.
//!
//! # Deciding what may be loaded
//!
//! By default, a package loads every library that passes the checks and that the program needs. The checks find libraries
//! that do not fit the program; they do not judge what a library does. To decide that, give the package a hook:
//!
//! | load | with |
//! |---|---|
//! | libraries on a list, or those the user has agreed to | [`Package::allow`] and a closure |
//! | libraries that you have signed | `package.allow(signed(keys)?)`, with the feature `signed`, and `dropin sign` |
//! | libraries that were denied, when the hook would now allow them | [`Package::retry`] |
//!
//! A hook reads the private copy. No code of a library runs before the hook has allowed it.
//!
//! # Panics in libraries
//!
//! A panic in a library is a panic of the program: `catch_unwind` catches it, and the program's panic hook gets its
//! message with the plugin, its crate, its library, and the source location. The same holds in the other direction, for a
//! panic in one of the program's callbacks that a plugin calls.
//! [`dropin!`](macro@plugin_core::dropin#its-panics-are-the-programs) says which panics are carried and which are not.
//! A test writes this table; `…` stands for `(faulty 1.0.0, /usr/lib/…/libfaulty.so) panicked`:
//!
#![doc = include_str!("panics.md")]
//!
//! The following end the process: `abort` and `exit`, a panic while another panic unwinds, a stack overflow, an
//! allocation failure that the code does not handle, a panic that leaves a function called through a `fn` pointer, and a
//! crash of unsound `unsafe` code.
//!
//! # Limits
//!
//! - A library runs in the process of the program. If it aborts, overflows its stack, or has unsound `unsafe` code, it
//!   takes the whole process with it.
//! - Global state exists once for each library: thread-local variables, thread names, and runtimes such as tokio's. So do
//!   loggers without the features `log` and `tracing`;
//!   [`dropin!`](macro@plugin_core::dropin#its-logs-are-the-programs) says which records reach the program's logger.
//! - Libraries are never unloaded. To use a library that was replaced, restart the program.
//!
//! # Platforms
//!
//! Linux is tested. On Windows (MSVC), drop-ins are found, refused, and loaded under Wine; the other tests have not run
//! there. Windows has no change time, so a library that is replaced by one of equal size and modification time is not
//! noticed, and a library that is loaded cannot be replaced. For macOS, a host and a drop-in have been linked, but not
//! run.
//!
//! # The command `dropin`
//!
//! The command works on drop-ins without loading them. `dropin help COMMAND` describes each subcommand.
//!
//! | command | meaning |
//! |---|---|
//! | `dropin new NAME --interface CRATE…` | writes a new drop-in that builds |
//! | `dropin build --host PROGRAM` | builds with the compiler and the flags of a program |
//! | `dropin check [--host PROGRAM] FILE…` | checks whether the program would load the libraries, and if not, why |
//! | `dropin install [--host PROGRAM] --to DIR FILE…` | puts libraries into a directory: all of them, or none |
//! | `dropin list DIR` | lists the libraries of a directory, and the files that are not used |
//! | `dropin refresh DIR` | writes the cache of a directory |
//!
//! A program that uses this crate describes in its file how it was compiled and which interfaces it has; [`Host`] reads
//! that description.
//!
//! With `--json`, each subcommand prints an object with `"version": 1`. A reason has a code and values, as in
//! `{"code": "panic", "values": {"library": "abort", "host": "unwind"}, "message": "…"}`; see [`Refusal`]. If a
//! subcommand fails, the object has a key `error`, whose value is a reason too. The exit status is 0 if every file can be
//! used, 1 if a file cannot be used, and 2 if the command fails.
//!
//! # Features
//!
//! | feature | default | meaning |
//! |---|---|---|
//! | `command` | no | the command `dropin` |
//! | `signed` | no | `signed`, a hook that verifies signatures (with the crate `minisign-verify`) |
//! | `log` | no | log records of drop-ins that also enable the feature reach this program's logger (crate `log`) |
//! | `tracing` | no | likewise, events and spans reach this program's subscriber (crate `tracing-core`) |
//! | `watch` | no | `Package::watch`, which waits for changes (with the crate `notify`) |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod check;
mod library;
mod list;
mod look;
mod package;

pub use self::check::{Check, Checked, check, check_directory};
pub use self::library::candidate::{Candidate, Denial};
pub use self::library::file::MARKER;
pub use self::library::fingerprint::Fingerprint;
pub use self::library::host::{Host, HostError};
pub use self::library::load::Library;
pub use self::library::manifest::{Manifest, Offer, Offered};
pub use self::library::refusal::Refusal;
#[cfg(feature = "signed")]
pub use self::library::signed::{KeyError, signed};
pub use self::list::{Listing, list, refresh};
pub use self::look::difference::Event;
pub use self::look::searched::Searched;
pub use self::look::unused::Unused;
pub use self::package::error::FindError;
#[cfg(feature = "watch")]
pub use self::package::watch::Watch;
pub use self::package::{Changes, Package, Plugins};

/// Not public API. Used by the command `dropin`.
#[doc(hidden)]
pub mod __private {
    pub use crate::library::shown::Shown;

    /// Returns the largest file size, in bytes, that the system lets this process write.
    #[must_use]
    pub fn longest() -> u64 {
        crate::library::file::longest()
    }
}
