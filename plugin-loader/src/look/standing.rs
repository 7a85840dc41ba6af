//! Whether a file can be used by this program.

use std::path::PathBuf;
use std::sync::Arc;

use semver::Version;
use serde_json::Deserializer;

use super::cache::{Said, json};
use crate::library::file::Identity;
use crate::library::fingerprint::Fingerprint;
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) identity: Option<Identity>,
    pub(crate) standing: Standing,
}

/// Whether a file can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It can be used; this is its manifest, as JSON.
    Offers(Arc<str>),
    /// It has changed since it was loaded; the loaded library is used.
    Stale,
    Refused(Refusal),
}

impl File {
    pub(super) fn refused(path: PathBuf, refusal: Refusal) -> Self {
        Self {
            path,
            identity: None,
            standing: Standing::Refused(refusal),
        }
    }

    pub(crate) fn is_used(&self) -> bool {
        matches!(self.standing, Standing::Offers(_) | Standing::Stale)
    }
}

impl Standing {
    /// Why the file is not used.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Offers(_) => None,
            Self::Stale => Some(&Refusal::Stale),
            Self::Refused(refusal) => Some(refusal),
        }
    }

    pub(crate) fn manifest(&self) -> Option<Manifest> {
        match self {
            Self::Offers(json) => serde_json::from_str(json).ok(),
            Self::Stale | Self::Refused(_) => None,
        }
    }
}

/// The running program.
pub(super) struct Host {
    pub(super) fingerprint: &'static Fingerprint,
    can_load: bool,
    /// The beginning of the manifest of every library with the program's fingerprint.
    prefix: String,
}

impl Host {
    pub(super) fn new() -> Self {
        let fingerprint = Fingerprint::host();
        let json = json(fingerprint);
        Self {
            fingerprint,
            can_load: fingerprint.check_for_host().is_ok(),
            prefix: format!("{{\"fingerprint\":{json},"),
        }
    }

    /// Decides whether this program can use a file of this description; `None` if the description cannot be parsed.
    pub(super) fn judge(&self, said: &Said) -> Option<Standing> {
        match said {
            // Not parsed: that would take most of the time of a search.
            Said::Offers(json) if self.can_load && json.starts_with(&self.prefix) => {
                Some(Standing::Offers(json.clone()))
            }
            Said::Offers(json) => {
                let manifest: Manifest = serde_json::from_str(json).ok()?;
                Some(match manifest.fingerprint.check_for_host() {
                    Ok(()) => Standing::Offers(json.clone()),
                    Err(refusal) => Standing::Refused(refusal),
                })
            }
            Said::Refused(json) => serde_json::from_str(json).ok().map(Standing::Refused),
        }
    }

    /// The package of a library, and its version, from its manifest.
    pub(super) fn release(&self, json: &str) -> Option<(String, Version)> {
        let rest = json.strip_prefix(&self.prefix)?;
        let (package, rest) = text(rest.strip_prefix("\"package\":")?)?;
        let (version, _) = text(rest.strip_prefix(",\"version\":")?)?;
        Some((package, Version::parse(&version).ok()?))
    }
}

/// Splits a string from the beginning of some JSON.
fn text(json: &str) -> Option<(String, &str)> {
    let mut values = Deserializer::from_str(json).into_iter();
    let text = values.next()?.ok()?;
    Some((text, json.get(values.byte_offset()..)?))
}
