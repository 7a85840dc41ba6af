//! What the command prints: text, or JSON with a version, or nothing.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;

use plugin_loader::__private::Shown;
use plugin_loader::{HostError, Refusal};
use serde::Serialize;
use serde_json::{Value, json};

/// Raised if a key goes, or means something else; new keys leave it as it is.
const VERSION: u32 = 1;

/// In which form an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Text,
    Json,
    Quiet,
}

impl Output {
    /// Prints one of the two; the JSON is an object.
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
            // Whoever reads may stop early, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            printed => printed,
        }
    }

    /// Says why there is no answer: on the standard error, and in JSON as well where that is wanted.
    pub(crate) fn fail(self, failure: &Failure) {
        eprintln!("dropin: {}", failure.text);
        if self == Self::Json {
            let Failure { reason, text } = failure;
            // Nothing can be said of a failure of this.
            let _ = self.print(&"", || json!({ "error": told(reason, text) }));
        }
    }
}

/// Why the command itself fails.
pub(crate) struct Failure {
    /// A code and its values.
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

    /// If it cannot be used, although it is no library.
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

/// A reason as a code, its values, and a text.
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
