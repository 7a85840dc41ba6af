use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use plugin_loader::{Listing, Manifest, list};
use serde_json::{Value, json};

use crate::{Form, is_directory};

/// Lists the libraries of a directory with their plugins, and the files that are not used
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A directory of drop-ins
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, form: Form) -> io::Result<bool> {
    is_directory(&arguments.directory)?;
    show(&list(&arguments.directory, progress()), form)
}

pub(crate) fn progress() -> fn(usize, usize) {
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

pub(crate) fn show(listing: &Listing, form: Form) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    match form {
        Form::Json => {
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
        }
        Form::Text => write!(out, "{listing}")?,
    }
    out.flush()?;
    Ok(listing.unused.is_empty())
}

fn library(path: &Path, manifest: &Manifest) -> Value {
    json!({ "path": path.to_string_lossy(), "manifest": manifest })
}
