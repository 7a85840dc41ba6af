//! What a package does, as its user sees it.
//!
//! `twisted` has the sixteen tests of Twisted's own plugin system, under their numbers; `extra` has
//! what goes wrong there and must not here; `files` has what else may lie in a directory. Each runs with
//! every state that a cache can be in.
#![cfg(unix)]

mod command;
mod copies;
mod extra;
mod files;
#[cfg(target_os = "linux")]
mod finding;
mod hooks;
mod hostile;
mod installed;
mod libraries;
mod processes;
mod races;
mod signed;
mod system;
mod twisted;
mod watched;
mod world;

use twin as _;
