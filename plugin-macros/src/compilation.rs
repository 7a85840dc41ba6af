//! What the running compiler says of the crate that it compiles.

use std::collections::HashMap;
use std::env;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Mutex;

/// The crate that is being compiled.
pub(crate) struct Compilation {
    pub(crate) package: String,
    pub(crate) version: String,
    /// Differs between any two crates of one program: versions of a package, a library and its
    /// unit tests, a library and a binary of one name.
    identity: u64,
}

impl Compilation {
    pub(crate) fn current() -> Self {
        let arguments: Vec<String> = env::args().collect();
        let variable = |name| env::var(name).unwrap_or_default();
        let crate_name = option(&arguments, "--crate-name").unwrap_or_default();

        let mut identity = DefaultHasher::new();
        let package = variable("CARGO_PKG_NAME");
        let version = variable("CARGO_PKG_VERSION");
        (&package, &version, &crate_name, variable("CARGO_BIN_NAME")).hash(&mut identity);
        arguments
            .iter()
            .any(|argument| argument == "--test")
            .hash(&mut identity);
        // Cargo's own mark of one build of one package, wherever the package came from.
        let metadata = arguments
            .iter()
            .filter(|argument| argument.contains("metadata="));
        metadata.collect::<Vec<_>>().hash(&mut identity);

        Self {
            package: if package.is_empty() {
                crate_name
            } else {
                package
            },
            version,
            identity: identity.finish(),
        }
    }

    /// An identifier for the slot of the interface `name`, the only one in the program.
    ///
    /// It is plain ASCII in upper case: a linker section is named after it, and no lint speaks of
    /// it.
    pub(crate) fn slot_identifier(&self, name: &str) -> String {
        // A crate may have several interfaces of one name, in several modules.
        static SEEN: Mutex<Option<HashMap<(u64, String), u32>>> = Mutex::new(None);
        let mut seen = SEEN
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let count = seen
            .get_or_insert_default()
            .entry((self.identity, name.to_owned()))
            .or_default();
        *count += 1;

        let mut hash = DefaultHasher::new();
        (self.identity, name, *count).hash(&mut hash);
        let ascii = name
            .to_ascii_uppercase()
            .replace(|letter: char| !letter.is_ascii(), "_");
        format!("__PLUGIN_SLOT_{ascii}_{:016X}", hash.finish())
    }
}

/// The value of `--name value` or `--name=value`.
fn option(arguments: &[String], name: &str) -> Option<String> {
    let position = arguments
        .iter()
        .position(|argument| argument.starts_with(name))?;
    match arguments[position][name.len()..].strip_prefix('=') {
        Some(value) => Some(value.to_owned()),
        None => arguments.get(position + 1).cloned(),
    }
}
