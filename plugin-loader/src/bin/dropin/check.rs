use std::io::{self, Write as _};
use std::path::PathBuf;

use plugin_loader::check;
use serde_json::{Value, json};

use crate::Form;

/// Checks one library, with both values of each check
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A library
    #[arg(value_name = "FILE")]
    library: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, form: Form) -> io::Result<bool> {
    let (checks, manifest) = check(&arguments.library);
    let mut out = io::stdout().lock();
    match form {
        Form::Json => {
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
        }
        Form::Text => {
            for check in &checks {
                writeln!(out, "{check}")?;
            }
            if let Some(manifest) = &manifest {
                write!(out, "{manifest}")?;
            }
            for refusal in checks.iter().filter_map(|check| check.refusal.as_ref()) {
                writeln!(out, "refused: {refusal}")?;
            }
        }
    }
    out.flush()?;
    Ok(checks.iter().all(|check| check.refusal.is_none()))
}
