//! What the running compiler says of the crate that it compiles.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Mutex;
use std::{env, fs};

use proc_macro2::{Ident, Span};

/// The crate that is being compiled.
pub(crate) struct Compilation {
    pub(crate) package: String,
    pub(crate) version: String,
    /// Differs between any two crates of one program: versions of a package, a library and its
    /// unit tests, a library and a binary of one name.
    identity: u64,
    /// The crates that it may name, with the files that hold them.
    externs: Vec<Extern>,
}

/// `--extern NAME=PATH`
struct Extern {
    name: String,
    /// The file's name without its prefix and ending, as in `plugin_core-0123456789abcdef`.
    file: Option<String>,
}

impl Compilation {
    pub(crate) fn current() -> Self {
        let arguments = arguments();
        let variable = |name| env::var(name).unwrap_or_default();
        let crate_name = options(&arguments, "--crate-name")
            .next()
            .unwrap_or_default()
            .to_owned();

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
            externs: options(&arguments, "--extern").map(external).collect(),
        }
    }

    /// What `plugin_core` is called here: its own name, or the one that `Cargo.toml` gives it.
    ///
    /// `None` when it is certain that the crate does not depend on it.
    pub(crate) fn plugin_core(&self) -> Option<syn::Path> {
        let is_core = |file: &String| file.split('-').next() == Some("plugin_core");
        let name = match self.externs.as_slice() {
            // An editor, or a build that finds its crates otherwise.
            [] => "plugin_core",
            externs if externs.iter().any(|krate| krate.name == "plugin_core") => "plugin_core",
            externs => {
                &externs
                    .iter()
                    .find(|krate| krate.file.as_ref().is_some_and(is_core))?
                    .name
            }
        };
        let name = Ident::new(name, Span::call_site());
        Some(syn::parse_quote!(::#name))
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

/// The compiler's arguments, with those that Cargo puts into a file when there are many.
fn arguments() -> Vec<String> {
    let expand = |argument: String| match argument.strip_prefix('@') {
        Some(path) => {
            let file = fs::read_to_string(path).unwrap_or_default();
            file.lines().map(str::to_owned).collect()
        }
        None => vec![argument],
    };
    // `args` would panic at a path that is not Unicode.
    env::args_os()
        .map(|argument| argument.to_string_lossy().into_owned())
        .flat_map(expand)
        .collect()
}

/// The values of `--name value` and `--name=value`.
fn options<'a>(arguments: &'a [String], name: &'a str) -> impl Iterator<Item = &'a str> {
    arguments
        .iter()
        .enumerate()
        .filter_map(
            move |(index, argument)| match argument.strip_prefix(name)? {
                "" => arguments.get(index + 1).map(String::as_str),
                rest => rest.strip_prefix('='),
            },
        )
}

// NAME
// NAME=PATH
// priv,noprelude:NAME=PATH
fn external(value: &str) -> Extern {
    let (name, path) = match value.split_once('=') {
        Some((name, path)) => (name, Some(path)),
        None => (value, None),
    };
    let name = name.rsplit(':').next().unwrap_or(name).to_owned();
    let file = path.and_then(|path| Path::new(path).file_stem()?.to_str());
    Extern {
        name,
        file: file.map(|file| file.strip_prefix("lib").unwrap_or(file).to_owned()),
    }
}
