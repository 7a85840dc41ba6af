//! Drop-in directories for [`plugin_core`]: plugins that are found while the program runs.
//!
//! A third party builds a `cdylib` with [`dropin!()`](plugin_core::dropin) in its crate root, and puts it
//! into a directory. A host looks into its directories with a [`Package`]:
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
//! What a library offers is read from its file, and nothing of it runs before it is loaded; it is
//! loaded when somebody asks for an interface that it offers, and when it was compiled as the
//! program was, against the same interfaces: see [`Refusal`] for all that may be wrong with one. A
//! program that does not use this crate pays nothing for it.
//!
//! # A private copy
//!
//! The file in the directory is only read. A copy of it is checked, and that copy is loaded, so that no process can
//! change a library between its check and its use, and overwriting the file later does no harm.
//!
//! On Linux the copy is a sealed file in memory, with the path of the library as its name:
//!
//! - `/proc/self/maps` shows `/memfd:/usr/lib/matsim/libglass.so (deleted)`.
//! - `dladdr` and debuggers show `/proc/self/fd/5`. A backtrace that the process itself prints has its symbols from
//!   there. For `gdb`, name the file: `add-symbol-file libglass.so -o ADDRESS`, with the first address in `maps`.
//! - The copy takes as much memory as the file is long, and one descriptor, in each process.
//! - Libraries that a drop-in finds beside it by `$ORIGIN` are loaded from where they lie, and are not copied. Each needs
//!   a `SONAME`. A drop-in that asks for its own path does not find the directory that it was installed in.
//!
//! Elsewhere, and where there is no `/proc`, where the system runs nothing in memory, or where half of the process's
//! descriptors are in use, the copy is a file in a directory `plugin-loader-…` in [`temp_dir`](std::env::temp_dir),
//! which only this user can write to. It is removed as soon as it is loaded; on Windows it stays. It takes a
//! descriptor, too, as long as half of them are free.
//!
//! # What may be loaded
//!
//! A package loads each library that passes all checks, and that somebody asks for. The checks find libraries that do not
//! fit; they say nothing of what a library does. To decide that, give the package a hook:
//!
//! | what is loaded | how |
//! |---|---|
//! | what a list has, or a user has agreed to | [`Package::allow`], with a closure |
//! | what you have signed | `package.allow(signed(keys)?)`, with the feature `signed`, and `dropin sign` |
//! | what was denied, once the answer is another one | [`Package::retry`] |
//!
//! A hook sees the private copy, and nothing of a library runs before it has answered.
//!
//! # A panic in a library
//!
//! It is the program's: it can be caught, and the program's panic hook is told of it, with the plugin, its crate, its library, and
//! the place. So is a panic of the program that leaves a callback while a plugin calls it.
//! [`dropin!`](macro@plugin_core::dropin#its-panics-are-the-programs) says what is carried in this way, and what is not.
//! A test makes this table, in which `…` stands for `(faulty 1.0.0, /usr/lib/…/libfaulty.so) panicked`:
//!
#![doc = include_str!("panics.md")]
//!
//! These end the process: `abort` and `exit`, a panic while another one unwinds, an overflow of the stack, an allocation that
//! fails and is not asked about, a panic that leaves a function behind a `fn` pointer, and what wrong `unsafe` code does.
//!
//! # What is not promised
//!
//! - A library is code in the process. One that aborts, overflows its stack, or has wrong `unsafe`
//!   code takes the process with it.
//! - What is global is there twice: thread locals and the names of threads, runtimes
//!   such as tokio's. Of loggers, this is so without the features `log` and `tracing`:
//!   [`dropin!`](macro@plugin_core::dropin#its-logs-are-the-programs) says what reaches this program's.
//! - Nothing is unloaded. A library that is replaced is used when the program is started again.
//!
//! # Platforms
//!
//! Linux is tested. On Windows (MSVC), a drop-in is found, refused, and loaded, under Wine; other tests have not run there.
//! There is no change time on Windows, so a library that is replaced by one of equal size and time goes unnoticed, and a
//! library that is loaded cannot be replaced. For macOS, a host and a drop-in are linked, and have not been run.
//!
//! # The command `dropin`
//!
//! It works on drop-ins, and loads none. `dropin help COMMAND` says more of each.
//!
//! | command | meaning |
//! |---|---|
//! | `dropin new NAME --interface CRATE…` | writes a drop-in that builds |
//! | `dropin build --host PROGRAM` | builds with the compiler and the flags of a program |
//! | `dropin check [--host PROGRAM] FILE…` | whether the program would load the libraries, and why not |
//! | `dropin install [--host PROGRAM] --to DIR FILE…` | puts libraries into a directory: all, or none |
//! | `dropin list DIR` | what lies in a directory, and what of it is not used |
//! | `dropin refresh DIR` | writes the cache of a directory |
//!
//! A program with this crate says in its file how it was compiled and which interfaces it has; [`Host`] reads that.
//!
//! With `--json`, each prints an object with `"version": 1`. A reason has a code and values, as in
//! `{"code": "panic", "values": {"library": "abort", "host": "unwind"}, "message": "…"}`; see [`Refusal`]. Where a command
//! fails, the object has an `error`, which is a reason, too. The exit status is 0 if every file can be used, 1 if one cannot, and 2 if the
//! command fails.
//!
//! # Features
//!
//! | feature | default | meaning |
//! |---|---|---|
//! | `command` | no | the command `dropin` |
//! | `signed` | no | `signed`, a hook that verifies signatures (by the crate `minisign-verify`) |
//! | `log` | no | the records of drop-ins that have the feature too reach this program's logger (by the crate `log`) |
//! | `tracing` | no | their events and spans reach this program's subscriber (by the crate `tracing-core`) |
//! | `watch` | no | `Package::watch`, which waits for changes (by the crate `notify`) |

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

    /// How long a file of this process may be.
    #[must_use]
    pub fn longest() -> u64 {
        crate::library::file::longest()
    }
}
