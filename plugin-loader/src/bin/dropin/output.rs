//! Prints the results of the command as text, as versioned JSON, or not at all.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;

use plugin_loader::__private::Shown;
use plugin_loader::{HostError, Refusal};
use serde::Serialize;
use serde_json::{Value, json};

/// Raised if a key is removed or changes its meaning, but not if a key is added.
const VERSION: u32 = 1;

/// The form in which results are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Text,
    Json,
    Quiet,
}

impl Output {
    /// Prints the text or the JSON, which is an object.
    pub(crate) fn print(self, text: &dyn Display, json: impl FnOnce() -> Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let printed = match self {
            Self::Text => write!(out, "{text}"),
            Self::Json => {
                let mut value = json();
                value["version"] = VERSION.into();
                writeln!(out, "{value:#}")
            }
            Self::Quiet => Ok(()),
        };
        match printed.and_then(|()| out.flush()) {
            // The reader may stop early, like `head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            printed => printed,
        }
    }

    /// Prints why the command failed: on the standard error, and with `--json` as JSON, too.
    pub(crate) fn fail(self, failure: &Failure) {
        eprintln!("dropin: {}", failure.text);
        if self == Self::Json {
            let Failure { reason, text } = failure;
            // An error of this cannot be reported either.
            let _ = self.print(&"", || json!({ "error": told(reason, text) }));
        }
    }
}

/// The reason why the command itself fails.
pub(crate) struct Failure {
    /// The code and its values.
    reason: Value,
    text: String,
}

impl Failure {
    pub(crate) fn with(code: &str, values: Value, text: impl Display) -> Self {
        Self {
            reason: json!({ "code": code, "values": values }),
            text: text.to_string(),
        }
    }

    pub(crate) fn of_host(path: &Path, error: &HostError) -> Self {
        Self {
            reason: serialized(error),
            text: format!("`{}`: {error}", Shown(path)),
        }
    }

    /// For a path that cannot be used, and that is not a library.
    pub(crate) fn of_refusal(path: &Path, refusal: &Refusal) -> Self {
        Self {
            reason: serialized(refusal),
            text: format!("`{}`: {refusal}", Shown(path)),
        }
    }

    pub(crate) fn of_path(path: &Path, error: &io::Error) -> Self {
        let values = json!({ "path": path.to_string_lossy(), "error": error.to_string() });
        Self::with("io", values, format!("`{}`: {error}", Shown(path)))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let values = json!({ "error": error.to_string() });
        Self::with("io", values, error)
    }
}

/// A reason as JSON: the code, the values, and the message.
pub(crate) fn refusal(refusal: &Refusal) -> Value {
    told(&serialized(refusal), &refusal.to_string())
}

fn serialized(reason: &impl Serialize) -> Value {
    serde_json::to_value(reason).expect("every key is a string, and no number is infinite")
}

fn told(reason: &Value, text: &str) -> Value {
    let values = match &reason["values"] {
        Value::Null => json!({}),
        values => values.clone(),
    };
    json!({ "code": reason["code"], "values": values, "message": text })
}
