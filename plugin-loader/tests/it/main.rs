//! Drop-ins, as third parties build them, and what a host makes of them.
#![cfg(target_os = "linux")]

// The other tests of the workspace use all of it.
#[allow(dead_code)]
#[path = "../../../tests/it/cargo.rs"]
mod cargo;

mod bytes;
mod command;
mod declared;
mod fixtures;
mod globals;
mod host;
mod loaded;
mod lockfile;
mod panics;
mod refused;
mod unpaid;

/// What `.ci/long` runs.
mod long {
    mod mismatch;
}
