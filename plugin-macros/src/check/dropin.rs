use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::{Ident, Span};

use super::link::dependencies;
use crate::ast::Link;
use crate::compilation::{Compilation, Named};
use crate::errors::Errors;

pub(crate) fn dropin(compilation: &Compilation, dropin: &Link, errors: &mut Errors) {
    crate_type(compilation, errors);
    if compilation.is_cdylib() {
        // One process compiles one crate.
        static SEEN: AtomicBool = AtomicBool::new(false);
        if SEEN.swap(true, Ordering::Relaxed) {
            let message = "`dropin!()` is given twice\nhelp: write it once, in the crate root";
            errors.push(Span::call_site(), message);
        }
    }
    dependencies(compilation, dropin, errors);
}

/// A drop-in has an allocator and an entry, of which a program that links the crate wants neither: the compiler
/// makes all forms of a crate at once, from the same code, and refuses a second allocator in a program.
fn crate_type(compilation: &Compilation, errors: &mut Errors) {
    let others: Vec<&str> = compilation
        .crate_types()
        .filter(|crate_type| *crate_type != "cdylib")
        .collect();
    let listed = others.join("`, `");
    if !others.is_empty() && compilation.crate_types().count() > others.len() {
        let name = compilation.crate_name();
        let message = format!(
            "a drop-in is a `cdylib` alone, and this crate is a `{listed}` as well\n\
             help: take `dropin!()` and `\"cdylib\"` out of this crate, and offer its plugins from a second one, \
             with `crate-type = [\"cdylib\"]` under `[lib]` in its Cargo.toml: `plugin_core::dropin!({name});`"
        );
        errors.push(Span::call_site(), message);
    } else if !others.is_empty() {
        let message = format!(
            "a drop-in is a `cdylib`, and this crate is a `{listed}`\n\
             help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml"
        );
        errors.push(Span::call_site(), message);
    }
}

/// The plugins of the crates that it names, as far as the crates' files tell.
pub(crate) fn named(compilation: &Compilation, dropin: &Link, errors: &mut Errors) -> Vec<Named> {
    // One that is named twice has its error already.
    let once: BTreeSet<&Ident> = dropin.dependencies.iter().collect();
    let plugins = once.into_iter().filter_map(|name| {
        let plugins = compilation.plugins_of(name)?;
        if plugins.keys.is_empty() {
            errors.push(name.span(), plugins.refusal());
            return None;
        }
        Some(plugins)
    });
    plugins.collect()
}
