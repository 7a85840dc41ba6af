//! The program that is named with `--host`.

use std::path::{Path, PathBuf};

use plugin_loader::Host;
use serde_json::{Value, json};

use crate::output::Failure;

pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) host: Host,
}

impl Program {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let host = Host::read(path).map_err(|error| Failure::of_host(path, &error))?;
        let path = path.to_owned();
        Ok(Self { path, host })
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "path": self.path.to_string_lossy(),
            "fingerprint": self.host.fingerprint(),
            "plugin_core": self.host.version(),
        })
    }
}
