//! Which build of a dependency it is.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Component, Path};

use super::{Compilation, Extern};

/// One build of one crate.
#[derive(Default)]
pub(crate) struct Pinned {
    /// Differs between any two builds that may differ in a type.
    pub(crate) identity: String,
    /// What people call it, as in `bytes 1.4.0, build 0123456789abcdef`.
    pub(crate) said: String,
}

impl Compilation {
    /// The build of the crate that the path begins with; `None` where it begins with no crate.
    pub(crate) fn build_of(&self, path: &syn::Path) -> Option<Pinned> {
        let first = path.segments.first()?.ident.to_string();
        if !self.knows_dependencies() && !self.hides_dependencies() {
            // An editor.
            return Some(Pinned::default());
        }
        if ["std", "core", "alloc"].contains(&first.as_str()) {
            // The compiler is compared in any case.
            return Some(Pinned {
                identity: String::new(),
                said: "the compiler's".to_owned(),
            });
        }
        let krate = self.externs.iter().find(|krate| krate.name == first)?;
        krate.build()
    }
}

impl Extern {
    /// Cargo puts into the file's name what a build depends on: version, source, features, dependencies, and
    /// profile; but not the sources themselves, which only a release cannot change.
    fn build(&self) -> Option<Pinned> {
        let (file, path) = (self.file.as_ref()?, self.path.as_ref()?);
        let name = self.crate_name();
        let release = release(path, name);
        let build = match (&release, file.strip_prefix(name)) {
            (Some(_), Some(build)) if !build.is_empty() => build.trim_start_matches('-').to_owned(),
            (_, build) => format!("{}{:016x}", build.unwrap_or_default(), contents(path)?),
        };
        let release = release.unwrap_or_else(|| name.to_owned());
        let features = features(path, &build).unwrap_or_default();
        Some(Pinned {
            said: format!("{release}{features}, build {build}"),
            identity: build,
        })
    }
}

/// As in ` with default, std`, where Cargo has noted it beside the build already: it does so when the build is complete.
fn features(path: &Path, build: &str) -> Option<String> {
    let noted = path.parent()?.parent()?.join(".fingerprint");
    let is_of_build = |directory: &Path| {
        let name = directory.file_name().and_then(OsStr::to_str);
        name.is_some_and(|name| name.rsplit_once('-').is_some_and(|(_, of)| of == build))
    };
    let mut directories = fs::read_dir(noted).ok()?.flatten();
    let directory =
        directories.find_map(|entry| Some(entry.path()).filter(|path| is_of_build(path)))?;
    let mut files = fs::read_dir(directory).ok()?.flatten();
    let file = files.find_map(|entry| {
        let path = entry.path();
        (path.extension() == Some(OsStr::new("json"))).then_some(path)
    })?;
    let text = fs::read_to_string(file).ok()?;
    let (_, features) = text.split_once(r#""features":"["#)?;
    let (features, _) = features.split_once(']')?;
    let features = features.replace(['\\', '"'], "");
    Some(match features.as_str() {
        "" => " without features".to_owned(),
        features => format!(" with {features}"),
    })
}

/// As in `bytes 1.4.0`, where the directory of the sources says so.
fn release(path: &Path, name: &str) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let file = format!("{}.d", stem.strip_prefix("lib").unwrap_or(stem));
    let sources = fs::read_to_string(path.with_file_name(file)).ok()?;
    let (_, sources) = sources.lines().next()?.split_once(": ")?;
    let source = Path::new(sources.split(' ').next()?);
    source.components().rev().find_map(|component| {
        let Component::Normal(directory) = component else {
            return None;
        };
        let (package, version) = versioned(directory)?;
        (package.replace('-', "_") == name).then(|| format!("{package} {version}"))
    })
}

/// `serde_json-1.0.140`
fn versioned(directory: &OsStr) -> Option<(&str, &str)> {
    let directory = directory.to_str()?;
    let dot = directory.find('.')?;
    let dash = directory[..dot].rfind('-')?;
    let (package, version) = (&directory[..dash], &directory[dash + 1..]);
    version
        .starts_with(|letter: char| letter.is_ascii_digit())
        .then_some((package, version))
}

/// A number for the metadata, in which the compiler has put a hash of all that the crate is.
fn contents(path: &Path) -> Option<u64> {
    let bytes = fs::read(path.with_extension("rmeta"))
        .or_else(|_| fs::read(path))
        .ok()?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Some(hasher.finish())
}
