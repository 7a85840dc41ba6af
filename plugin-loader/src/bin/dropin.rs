//! Lists, checks, and registers drop-ins, without loading one.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use plugin_loader::{Check, Listing, Manifest, check, list, refresh};
use serde_json::{Value, json};

/// Looks at drop-ins, the libraries of plugins that a program finds while it runs
///
/// Nothing is loaded, and nothing of a library runs. What libraries are compared with is the build of
/// this command: the compiler, the flags, and the version of plugin-core that it was built with.
#[derive(Parser)]
#[command(
    name = "dropin",
    version,
    after_help = "Exit status: 0 if every file can be used, 1 if one cannot, 2 if the command itself fails."
)]
struct Arguments {
    /// Prints JSON instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the libraries of a directory with their plugins, and the files that are not used
    List {
        /// A directory of drop-ins
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
    /// Checks one library, with both values of each check
    Check {
        /// A library
        #[arg(value_name = "FILE")]
        library: PathBuf,
    },
    /// Writes `dropin.cache` in a directory, for who installs or removes libraries in it
    Refresh {
        /// A directory of drop-ins
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_fine = match &arguments.command {
        Command::List { directory } => is_directory(directory)
            .and_then(|()| show(&list(directory, progress()), arguments.json)),
        Command::Refresh { directory } => is_directory(directory)
            .and_then(|()| refresh(directory, progress()))
            .and_then(|listing| show(&listing, arguments.json)),
        Command::Check { library } => {
            let (checks, manifest) = check(library);
            show_checks(&checks, manifest.as_ref(), arguments.json)
        }
    };
    match is_fine {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads may stop early, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dropin: {error}");
            ExitCode::from(2)
        }
    }
}

/// A program skips a directory that is not there; who names one here has made a mistake.
fn is_directory(path: &Path) -> io::Result<()> {
    let named = |error: &dyn std::fmt::Display| format!("`{}`: {error}", path.display());
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::other(named(&"it is not a directory"))),
        Err(error) => Err(io::Error::new(error.kind(), named(&error))),
    }
}

fn progress() -> fn(usize, usize) {
    if io::stderr().is_terminal() {
        |done, all| {
            if done % 100 == 0 && all > 100 {
                // What is printed next begins on the same line.
                eprint!("\rdropin: reading file {done} of {all}\u{1b}[K\r");
            }
        }
    } else {
        |_, _| {}
    }
}

fn show(listing: &Listing, json: bool) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    if json {
        let libraries = listing.libraries.iter();
        let unused = listing.unused.iter();
        let listing = json!({
            "libraries": libraries.map(|(path, manifest)| library(path, manifest)).collect::<Value>(),
            "unused": unused.map(|unused| json!({
                "path": unused.path.to_string_lossy(),
                "reason": unused.refusal.to_string(),
            })).collect::<Value>(),
        });
        writeln!(out, "{listing:#}")?;
    } else {
        write!(out, "{listing}")?;
    }
    out.flush()?;
    Ok(listing.unused.is_empty())
}

fn show_checks(checks: &[Check], manifest: Option<&Manifest>, json: bool) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    if json {
        let checks = checks.iter().map(|check| {
            json!({
                "what": check.what,
                "library": check.library,
                "host": check.host,
                "refusal": check.refusal.as_ref().map(ToString::to_string),
            })
        });
        let checked = json!({ "checks": checks.collect::<Value>(), "manifest": manifest });
        writeln!(out, "{checked:#}")?;
    } else {
        for check in checks {
            writeln!(out, "{check}")?;
        }
        if let Some(manifest) = manifest {
            write!(out, "{manifest}")?;
        }
        for refusal in checks.iter().filter_map(|check| check.refusal.as_ref()) {
            writeln!(out, "refused: {refusal}")?;
        }
    }
    out.flush()?;
    Ok(checks.iter().all(|check| check.refusal.is_none()))
}

fn library(path: &Path, manifest: &Manifest) -> Value {
    json!({ "path": path.to_string_lossy(), "manifest": manifest })
}
