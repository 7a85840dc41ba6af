use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::Span;

use crate::compilation::Compilation;
use crate::errors::Errors;

/// A drop-in has an allocator and an entry, of which a program that links the crate wants neither.
pub(crate) fn dropin(compilation: &Compilation, errors: &mut Errors) {
    let others: Vec<&str> = compilation
        .crate_types()
        .filter(|crate_type| *crate_type != "cdylib")
        .collect();
    let listed = others.join("`, `");
    if !others.is_empty() && compilation.crate_types().count() > others.len() {
        let message = format!(
            "a drop-in is a `cdylib` alone, and this crate is a `{listed}` as well\n\
             help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml, and move code that others link \
             into a crate of its own"
        );
        errors.push(Span::call_site(), message);
    } else if !others.is_empty() {
        let message = format!(
            "a drop-in is a `cdylib`, and this crate is a `{listed}`\n\
             help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml"
        );
        errors.push(Span::call_site(), message);
    } else if compilation.is_cdylib() {
        // One process compiles one crate.
        static SEEN: AtomicBool = AtomicBool::new(false);
        if SEEN.swap(true, Ordering::Relaxed) {
            let message = "`dropin!()` is given twice\nhelp: write it once, in the crate root";
            errors.push(Span::call_site(), message);
        }
    }
}
