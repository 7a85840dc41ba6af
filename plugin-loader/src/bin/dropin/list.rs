use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use plugin_loader::{Listing, Manifest, list};
use serde_json::{Value, json};

use crate::is_directory;
use crate::output::{Failure, Output, refusal};

/// Lists the libraries of a directory with their plugins, and each file that is not used with the reason
///
/// The JSON is `{"version", "libraries": [{"path", "manifest"}], "unused": [{"path", "refusal"}]}`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A directory of drop-ins
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    is_directory(&arguments.directory)?;
    show(&list(&arguments.directory, progress()), output)
}

pub(crate) fn progress() -> fn(usize, usize) {
    if io::stderr().is_terminal() {
        |done, all| {
            if done % 100 == 0 && all > 100 {
                // The next output overwrites this line.
                eprint!("\rdropin: reading file {done} of {all}\u{1b}[K\r");
            }
        }
    } else {
        |_, _| {}
    }
}

pub(crate) fn show(listing: &Listing, output: Output) -> Result<bool, Failure> {
    output.print(listing, || {
        let libraries = listing.libraries.iter();
        let unused = listing.unused.iter().map(|unused| {
            json!({
                "path": unused.path.to_string_lossy(),
                "refusal": refusal(&unused.refusal),
            })
        });
        json!({
            "libraries": libraries.map(|(path, manifest)| library(path, manifest)).collect::<Value>(),
            "unused": unused.collect::<Value>(),
        })
    })?;
    Ok(listing.unused.is_empty())
}

fn library(path: &Path, manifest: &Manifest) -> Value {
    json!({ "path": path.to_string_lossy(), "manifest": manifest })
}
