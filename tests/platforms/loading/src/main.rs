//! A program that uses the drop-ins of a directory, and says which it does not use.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

use plugin_loader::Package;
use shape::ISolid;

plugin_core::link_plugins!();

fn main() {
    let directories = env::args_os().skip(1);
    // SAFETY: they hold what was built beside this program, and parts of it.
    let package = unsafe { Package::of_directories("loading.solids", directories) }
        .without_cache()
        .trusting_everybody();

    println!("backend {}", plugin_core::__private::BACKEND);
    for (_, manifest) in package.libraries() {
        for offer in manifest.plugins {
            println!("{} is offered by {}", offer.name, manifest.package);
        }
    }
    for solid in package.plugins::<dyn ISolid>() {
        println!("{} has {} faces", solid.info.name(), solid.faces(100));
        // A panic of the library is one of this program.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| solid.faces(1_000))) {
            let message = payload.downcast_ref::<String>();
            let message = message.and_then(|message| message.rsplit(": ").next());
            println!(
                "{} panics: {}",
                solid.info.name(),
                message.unwrap_or_default()
            );
        }
    }
    match package.find::<dyn ISolid>("prsm") {
        Ok(solid) => println!("found {}", solid.info),
        Err(error) => println!("{}", error.to_string().lines().next().unwrap_or_default()),
    }
    for unused in package.report() {
        let file = unused.path.file_stem().unwrap_or_default().display();
        let refusal = unused.refusal.to_string();
        println!("{file}: {}", refusal.lines().next().unwrap_or_default());
    }
}
