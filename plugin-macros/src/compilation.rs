//! What the running compiler says of the crate that it compiles.

mod archive;
mod arguments;
mod build;
mod compiler;
mod language;
mod libraries;
mod metadata;
mod offered;
mod pinned;

use self::arguments::Arguments;
pub(crate) use self::build::Build;
pub(crate) use self::language::{has_prelude, is_edition_2015};
use self::libraries::Libraries;
pub(crate) use self::offered::{Named, Place};

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{env, fs};

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;

/// The crate that is being compiled.
pub(crate) struct Compilation {
    pub(crate) package: String,
    pub(crate) version: String,
    /// Differs between any two crates of one program: versions of a package, a library and its
    /// unit tests, a library and a binary of one name.
    identity: u64,
    /// When programs link the crate dynamically: the name of the symbol by which they hold it.
    pub(crate) dylib: Option<String>,
    /// Whether it is compiled for its unit tests.
    pub(crate) is_test: bool,
    /// Where the crates are of which plugins have to be held: its linker takes no more of them than
    /// what is used.
    held: Option<Libraries>,
    /// Not so in an editor.
    is_compiled: bool,
    /// The crates that it may name, with the files that hold them.
    externs: Vec<Extern>,
    /// As in `cdylib`. Empty in an editor, and for the tests of a crate.
    crate_types: Vec<String>,
    crate_name: String,
}

/// `--extern NAME=PATH`
pub(crate) struct Extern {
    /// What the crate is called here.
    pub(crate) name: String,
    /// The file's name without its prefix and ending, as in `plugin_core-0123456789abcdef`.
    file: Option<String>,
    path: Option<PathBuf>,
    /// Where its metadata are in a file of their own.
    metadata: Option<PathBuf>,
    kind: Kind,
}

/// In the order in which a crate's forms are preferred.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Library,
    /// A shared library: of a Rust `dylib`, or of procedural macros.
    Shared,
    /// The compiler's own.
    Sysroot,
}

impl Extern {
    /// What is linked dynamically, when it may hold plugins.
    pub(crate) fn dylib(&self) -> Option<Dylib> {
        match (&self.kind, &self.path) {
            (Kind::Shared, Some(path)) => Dylib::read(path, self.crate_name()),
            _ => None,
        }
    }

    /// Whether there may be plugins in it: in a tool, such as a crate of procedural macros, not.
    fn is_tool(&self) -> bool {
        self.kind != Kind::Library && self.dylib().is_none()
    }

    /// What the crate calls itself.
    pub(crate) fn crate_name(&self) -> &str {
        let file = self.file.as_ref().and_then(|file| file.split('-').next());
        file.unwrap_or(&self.name)
    }
}

impl Compilation {
    /// That of the crate that is being compiled, read once: a crate may have thousands of plugins.
    pub(crate) fn current() -> Arc<Self> {
        // An editor's server expands the macros of many crates; the variables are then those of
        // the crate at hand.
        static CURRENT: Mutex<Option<(Variables, Arc<Compilation>)>> = Mutex::new(None);
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        let variables = variables();
        match &*current {
            Some((of, compilation)) if *of == variables => Arc::clone(compilation),
            _ => {
                let compilation = Arc::new(Self::new(&variables));
                *current = Some((variables, Arc::clone(&compilation)));
                compilation
            }
        }
    }

    fn new([package, version, binary]: &Variables) -> Self {
        let arguments = Arguments::current();
        let crate_name = arguments.values("--crate-name").next().unwrap_or_default();

        let mut identity = DefaultHasher::new();
        (package, version, crate_name, binary).hash(&mut identity);
        let is_test = arguments.has("--test");
        is_test.hash(&mut identity);
        // Cargo's own mark of one build of one package, wherever the package came from.
        let metadata = arguments.codegen().filter(|(name, _)| name == "metadata");
        metadata.collect::<Vec<_>>().hash(&mut identity);

        let prefers_dynamic = arguments
            .last_codegen("prefer-dynamic")
            .is_some_and(|value| ["", "y", "yes", "on", "true"].contains(&value));
        let mut crate_types: Vec<String> = arguments
            .values("--crate-type")
            .flat_map(|types| types.split(','))
            .map(str::to_owned)
            .collect();
        let has = |wanted: &[&str]| crate_types.iter().any(|ty| wanted.contains(&ty.as_str()));
        let is_dylib = has(&["dylib"]) && (prefers_dynamic || !has(&["lib", "rlib"]));
        let is_wasm = arguments.values("--target").any(|target| {
            // A target may be a file.
            let name = Path::new(target).file_name().unwrap_or_default();
            name.to_string_lossy().starts_with("wasm")
        });
        let is_library = !is_test && !crate_types.is_empty() && {
            let mut crate_types = crate_types.iter();
            crate_types.all(|ty| matches!(ty.as_str(), "lib" | "rlib"))
        };
        let links_what_is_used = is_wasm && !is_library || has(&["staticlib"]) && !is_test;
        if is_test {
            // They are a program, whatever the crate is.
            crate_types.clear();
        }
        let identity = identity.finish();
        let libraries = Libraries::new(&arguments);

        Self {
            dylib: is_dylib.then(|| format!("{}{identity:016X}", Dylib::symbol(crate_name))),
            package: if package.is_empty() {
                crate_name.to_owned()
            } else {
                package.clone()
            },
            version: version.clone(),
            identity,
            is_test,
            externs: externs(&arguments, &libraries, prefers_dynamic),
            held: (links_what_is_used && arguments.links()).then_some(libraries),
            is_compiled: arguments.are_of_a_compiler(),
            crate_name: crate_name.to_owned(),
            crate_types,
        }
    }

    /// The flags that change how data lie in memory, as they are given to this crate.
    pub(crate) fn flags() -> &'static str {
        // To say what `native` means, the compiler runs once more.
        static FLAGS: OnceLock<String> = OnceLock::new();
        FLAGS.get_or_init(|| build::own_flags(&Arguments::current()))
    }

    /// What `plugin_core` is called here: its own name, or the one that `Cargo.toml` gives it.
    ///
    /// `None` when it is certain that the crate does not depend on it.
    pub(crate) fn plugin_core(&self) -> Option<syn::Path> {
        let name = match self.externs.as_slice() {
            // An editor, or a build that finds its crates otherwise.
            [] => Ident::new("plugin_core", Span::call_site()),
            _ => self.plugin_core_of_its_own()?,
        };
        let mut path = syn::Path::from(name);
        path.leading_colon = Some(syn::Token![::](Span::call_site()));
        Some(path)
    }

    /// The same, without `::`: `None` unless it is certain that the crate depends on it.
    pub(crate) fn plugin_core_of_its_own(&self) -> Option<Ident> {
        let named = self
            .externs
            .iter()
            .find(|krate| krate.name == "plugin_core");
        let krate = named.or_else(|| {
            let mut externs = self.externs.iter();
            externs.find(|krate| krate.crate_name() == "plugin_core")
        })?;
        Some(Ident::new(&krate.name, Span::call_site()))
    }

    /// What other crates call it.
    pub(crate) fn crate_name(&self) -> &str {
        &self.crate_name
    }

    /// What the compiler makes of the crate, as in `cdylib`; nothing where it does not say so.
    pub(crate) fn crate_types(&self) -> impl Iterator<Item = &str> {
        self.crate_types.iter().map(String::as_str)
    }

    /// A crate of procedural macros exports nothing else.
    pub(crate) fn exports_macros_only(&self) -> bool {
        self.crate_types()
            .any(|crate_type| crate_type == "proc-macro")
    }

    /// Whether the crate is a library to be loaded by programs, and no other thing.
    pub(crate) fn is_cdylib(&self) -> bool {
        let mut crate_types = self.crate_types();
        crate_types.next() == Some("cdylib") && crate_types.all(|crate_type| crate_type == "cdylib")
    }

    /// The crates that may hold plugins, by name.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = &Extern> {
        self.externs.iter().filter(|krate| !krate.is_tool())
    }

    /// Those of these names, or all of them.
    pub(crate) fn named(&self, names: &[Ident]) -> Vec<&Extern> {
        let is_wanted = |krate: &&Extern| {
            names.is_empty() || names.iter().any(|name| name.unraw() == krate.name)
        };
        self.dependencies().filter(is_wanted).collect()
    }

    /// The symbols of the plugins that are in these crates, and in what they are made with, and of
    /// whatever else has a constructor there: as far as the crate has to hold them. Or what of them would
    /// be lost.
    pub(crate) fn held(&self, krates: &[&Extern]) -> Result<BTreeSet<String>, BTreeSet<String>> {
        let (mut symbols, mut errors) = (BTreeSet::new(), BTreeSet::new());
        let Some(libraries) = &self.held else {
            return Ok(symbols);
        };
        for krate in krates {
            let (Kind::Library, Some(path)) = (&krate.kind, &krate.path) else {
                continue;
            };
            match libraries.symbols(&krate.name, path, krate.metadata.as_deref()) {
                Ok(found) => symbols.extend(found),
                Err(error) => _ = errors.insert(error),
            }
        }
        if errors.is_empty() {
            Ok(symbols)
        } else {
            Err(errors)
        }
    }

    /// Whether the compiler says what there is: in an editor, it does not.
    pub(crate) fn knows_dependencies(&self) -> bool {
        !self.externs.is_empty()
    }

    /// Whether there is a compiler that finds the dependencies by itself.
    pub(crate) fn hides_dependencies(&self) -> bool {
        self.externs.is_empty() && self.is_compiled
    }

    /// An identifier for the slot of the interface `name`, the only one in the program.
    ///
    /// It is plain ASCII in upper case: a linker section is named after it, and no lint speaks of
    /// it.
    pub(crate) fn slot_identifier(&self, name: &str) -> String {
        // A crate may have several interfaces of one name, in several modules.
        static SEEN: Mutex<Option<HashMap<(u64, String), u32>>> = Mutex::new(None);
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        let count = seen
            .get_or_insert_default()
            .entry((self.identity, name.to_owned()))
            .or_default();
        *count += 1;

        let mut hash = DefaultHasher::new();
        (self.identity, name, *count).hash(&mut hash);
        format!("__PLUGIN_SLOT_{}_{:016X}", upper_ascii(name), hash.finish())
    }
}

fn upper_ascii(name: &str) -> String {
    name.to_ascii_uppercase()
        .replace(|letter: char| !letter.is_ascii(), "_")
}

/// What Cargo says of the crate.
type Variables = [String; 3];

fn variables() -> Variables {
    ["CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_BIN_NAME"]
        .map(|name| env::var(name).unwrap_or_default())
}

/// The crates that the crate may name, in the order of their names.
fn externs(arguments: &Arguments, libraries: &Libraries, prefers_dynamic: bool) -> Vec<Extern> {
    let externs = arguments.values("--extern");
    let mut externs: Vec<Extern> = externs.map(|value| external(value, libraries)).collect();
    // Of a crate in several forms, the one that is linked.
    externs.sort_by(|left, right| {
        let kinds = if prefers_dynamic {
            let is_static = |krate: &Extern| krate.kind == Kind::Library;
            is_static(left).cmp(&is_static(right))
        } else {
            left.kind.cmp(&right.kind)
        };
        let is_metadata = |krate: &Extern| krate.metadata.is_some();
        left.name
            .cmp(&right.name)
            .then(kinds)
            .then(is_metadata(left).cmp(&is_metadata(right)))
    });
    externs.dedup_by(|left, right| {
        let is_same = left.name == right.name;
        if is_same && right.metadata.is_none() {
            right.metadata = left.metadata.take();
        }
        is_same
    });
    externs
}

// NAME
// NAME=PATH
// priv,noprelude:NAME=PATH
fn external(value: &str, libraries: &Libraries) -> Extern {
    let (name, path) = match value.split_once('=') {
        Some((name, path)) => (name, Some(PathBuf::from(path))),
        None => (value, None),
    };
    let (options, name) = name.rsplit_once(':').unwrap_or(("", name));
    let is_known = path.is_some();
    let path = path.or_else(|| libraries.named(name));
    let stem = path.as_ref().and_then(|path| path.file_stem()?.to_str());
    let file = stem.map(|stem| stem.strip_prefix("lib").unwrap_or(stem).to_owned());
    let ending = path.as_ref().and_then(|path| path.extension()?.to_str());
    let kind = match ending {
        _ if options.contains("noprelude") => Kind::Sysroot,
        // The compiler finds it in no other place.
        None if !is_known => Kind::Sysroot,
        Some("so" | "dll" | "dylib") => Kind::Shared,
        _ => Kind::Library,
    };
    let metadata = path.clone().filter(|_| ending == Some("rmeta"));
    Extern {
        name: name.to_owned(),
        file,
        path,
        metadata,
        kind,
    }
}

/// A Rust `dylib`, as far as its file tells.
#[derive(Clone)]
pub(crate) struct Dylib {
    /// Whether a plugin, an interface, or `plugin-core` itself is in it.
    pub(crate) has_plugins: bool,
    /// The name of the symbol by which it is held.
    pub(crate) symbol: Option<String>,
}

impl Dylib {
    /// What the symbol's name begins with.
    fn symbol(crate_name: &str) -> String {
        format!("__PLUGIN_DYLIB_{}_", upper_ascii(crate_name))
    }

    /// `None` for procedural macros, and for what cannot be read.
    fn read(path: &Path, crate_name: &str) -> Option<Self> {
        static READ: Mutex<Option<HashMap<PathBuf, Option<Dylib>>>> = Mutex::new(None);
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        let read = read.get_or_insert_default().entry(path.to_owned());
        let dylib = read.or_insert_with(|| {
            let bytes = fs::read(path).ok()?;
            if position(&bytes, b"__rustc_proc_macro_decls").is_some() {
                return None;
            }
            let symbol = position(&bytes, Self::symbol(crate_name).as_bytes()).map(|start| {
                let name = bytes[start..].iter().copied().map(char::from);
                name.take_while(|&letter| letter == '_' || letter.is_ascii_alphanumeric())
                    .collect()
            });
            Some(Self {
                has_plugins: position(&bytes, b"__PLUGIN_").is_some() || names_a_plugin(&bytes),
                symbol,
            })
        });
        dylib.clone()
    }
}

/// Whether the name of a plugin's record is in it: `PLUGIN_STEEL_AS_IMATERIAL`.
fn names_a_plugin(mut bytes: &[u8]) -> bool {
    const START: &[u8] = b"PLUGIN_";

    while let Some(start) = position(bytes, START) {
        bytes = &bytes[start + START.len()..];
        let is_name = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
        let len = bytes.iter().take_while(|byte| is_name(byte)).count();
        if position(&bytes[..len], b"_AS_").is_some() {
            return true;
        }
    }
    false
}

/// Where the word is.
fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    // A compiler waits for the answer: one letter in each stretch of the word's length tells
    // whether the word can be there.
    let places = (0..bytes.len()).step_by(word.len());
    places
        .filter(|&index| word.contains(&bytes[index]))
        .find_map(|index| {
            let start = (index + 1).saturating_sub(word.len());
            let end = (index + word.len()).min(bytes.len());
            let mut around = bytes[start..end].windows(word.len());
            Some(start + around.position(|window| window == word)?)
        })
}
