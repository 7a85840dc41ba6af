use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use plugin_loader::{Checked, check};
use serde_json::{Value, json};

use crate::output::{Failure, Output, refusal};
use crate::program::Program;

/// Checks whether a program could load libraries, and prints both values of each check
///
/// With `--host`, libraries are compared with a program, whose file describes how it was compiled and which interfaces it has.
/// The reasons are those that the program would give; "this program" in them means that program. Duplicates of other plugins
/// are not checked. Without `--host`, libraries are compared with the build of this command, and their interfaces are not
/// checked.
///
/// The JSON is `{"version", "host": null or {"path", "fingerprint", "plugin_core"}, "files": [{"path", "is_usable", "checks":
/// [{"what", "library", "host", "refusal"}], "manifest"}]}`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The program that would load the libraries; it uses plugin-loader
    #[arg(long, value_name = "PROGRAM")]
    host: Option<PathBuf>,
    /// The libraries to check
    #[arg(value_name = "FILE", required = true)]
    libraries: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    let host = arguments.host.as_deref().map(Program::read).transpose()?;
    let checked: Vec<_> = arguments
        .libraries
        .iter()
        .map(|library| check_for(host.as_ref(), library))
        .collect();
    output.print(&Text(&checked), || {
        json!({
            "host": host.as_ref().map(Program::json),
            "files": checked.iter().map(of_file).collect::<Value>(),
        })
    })?;
    Ok(checked.iter().all(is_usable))
}

/// Checks against the program, or without one against the build of this command.
pub(crate) fn check_for(host: Option<&Program>, library: &Path) -> Checked {
    host.map_or_else(|| check(library), |program| program.host.check(library))
}

pub(crate) fn is_usable(checked: &Checked) -> bool {
    checked.refusals().next().is_none()
}

pub(crate) fn of_file(checked: &Checked) -> Value {
    let checks = checked.checks.iter().map(|check| {
        json!({
            "what": check.what,
            "library": check.library,
            "host": check.host,
            "refusal": check.refusal.as_ref().map(refusal),
        })
    });
    json!({
        "path": checked.path.to_string_lossy(),
        "is_usable": is_usable(checked),
        "checks": checks.collect::<Value>(),
        "manifest": checked.manifest,
    })
}

/// The checks of several libraries, for people.
pub(crate) struct Text<'a>(pub(crate) &'a [Checked]);

impl Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|checked| checked.fmt(formatter))
    }
}
