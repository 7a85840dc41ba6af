//! Where the compiler finds the crates that another one is made with.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::archive;
use super::arguments::Arguments;
use super::compiler::Compiler;
use super::metadata::{self, Dependency};

pub(super) struct Libraries {
    /// `--extern NAME=PATH`
    given: Vec<PathBuf>,
    /// `-L DIRECTORY`, `-L KIND=DIRECTORY`
    directories: Vec<PathBuf>,
    target: Option<String>,
    sysroot: Option<String>,
    /// The libraries in the directories.
    files: OnceLock<Vec<PathBuf>>,
    /// Those of the compiler.
    compiler: OnceLock<Option<Vec<PathBuf>>>,
}

impl Libraries {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let last = |name: &str| arguments.values(name).last().map(str::to_owned);
        let directories = arguments
            .values("-L")
            .filter_map(|value| match value.split_once('=') {
                Some(("dependency" | "crate" | "all", directory)) => Some(directory),
                Some(("native" | "framework", _)) => None,
                _ => Some(value),
            });
        let given = arguments.values("--extern").filter_map(|value| {
            let (_, path) = value.split_once('=')?;
            let path = PathBuf::from(path);
            // Where metadata are given, the library lies beside them.
            let is_metadata = has_ending(&path, &["rmeta"]);
            Some(if is_metadata {
                path.with_extension("rlib")
            } else {
                path
            })
        });
        Self {
            given: given.collect(),
            directories: directories.map(PathBuf::from).collect(),
            target: last("--target"),
            sysroot: last("--sysroot"),
            files: OnceLock::new(),
            compiler: OnceLock::new(),
        }
    }

    /// The file of `--extern NAME`, which has no path.
    pub(super) fn named(&self, name: &str) -> Option<PathBuf> {
        let mut files = self.files().iter().filter(|path| {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            let stem = stem.map(|stem| stem.strip_prefix("lib").unwrap_or(stem));
            stem.and_then(|stem| stem.split('-').next()) == Some(name)
        });
        files.next().cloned()
    }

    /// The symbols of the statics by which plugins are found, in a library and in the crates that it is
    /// made with; or what is lost, and how to find it.
    pub(super) fn symbols(
        &self,
        name: &str,
        library: &Path,
        metadata: Option<&Path>,
    ) -> Result<BTreeSet<String>, String> {
        let dependencies = [
            Some(library),
            metadata,
            Some(&library.with_extension("rmeta")),
        ]
        .into_iter()
        .flatten()
        .filter_map(|path| fs::read(path).ok())
        .map(|bytes| metadata::dependencies(&bytes))
        .find(|dependencies| !dependencies.is_empty());
        let Some(dependencies) = dependencies else {
            return Err(format!(
                "the plugins of `{name}` would be lost: `{}` has no metadata, or that of \
                 another compiler\n\
                 help: build `{name}` with this compiler, and leave its `.rmeta` beside its `.rlib`",
                library.display()
            ));
        };
        let mut libraries = vec![library.with_extension("rlib")];
        for dependency in dependencies.iter().filter(|krate| !krate.is_tool) {
            match self.find(dependency) {
                Some(path) => libraries.push(path.clone()),
                None if self.is_of_the_compiler(dependency) => {}
                None => return Err(self.missing(dependency)),
            }
        }
        let mut symbols = BTreeSet::new();
        for path in libraries.iter().filter(|path| has_ending(path, &["rlib"])) {
            symbols.extend(archive::symbols(path).ok_or_else(|| {
                format!(
                    "the plugins of `{name}` would be lost: `{}` cannot be read\n\
                     help: build `{name}` and its dependencies as `rlib`s",
                    path.display()
                )
            })?);
        }
        Ok(symbols)
    }

    fn find(&self, dependency: &Dependency) -> Option<&PathBuf> {
        let is_it = |path: &&PathBuf| fs::read(path).is_ok_and(|bytes| dependency.is_in(&bytes));
        let all = || self.given.iter().chain(self.files());
        let named = || all().filter(|path| dependency.is_named(path));
        match (named().next(), named().nth(1)) {
            (Some(only), None) if dependency.name.is_some() => Some(only),
            // As of a crate in two versions, or one that has been built twice.
            (Some(_), _) => named().find(is_it),
            (None, _) => self.given.iter().find(is_it),
        }
    }

    /// The libraries in the directories.
    fn files(&self) -> &[PathBuf] {
        self.files.get_or_init(|| {
            let directories = self.directories.iter();
            let files = directories
                .flat_map(fs::read_dir)
                .flatten()
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| is_library(path));
            let mut files: Vec<PathBuf> = files.collect();
            // An `rlib` before the same crate's `dylib`.
            files.sort_by_key(|path| !has_ending(path, &["rlib"]));
            files.retain(|path| !self.given.contains(path));
            files
        })
    }

    fn is_of_the_compiler(&self, dependency: &Dependency) -> bool {
        let libraries = self.compiler.get_or_init(|| {
            let mut arguments = vec!["--print", "target-libdir"];
            for (name, value) in [("--target", &self.target), ("--sysroot", &self.sysroot)] {
                arguments.extend(value.iter().flat_map(|value| [name, value]));
            }
            let directory = Compiler::current()?.answer(&arguments)?;
            let entries = fs::read_dir(directory.trim_end()).ok()?;
            let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
            Some(paths.collect())
        });
        let mut libraries = libraries.iter().flatten();
        libraries.any(|path| dependency.is_named(path))
    }

    fn missing(&self, dependency: &Dependency) -> String {
        // There may be one directory for each crate.
        const LISTED: usize = 8;

        let krate = dependency.name.as_deref().unwrap_or("a dependency");
        let file = dependency.file();
        let mut searched: Vec<String> = self
            .directories
            .iter()
            .take(LISTED)
            .map(|directory| format!("`{}`", directory.display()))
            .collect();
        if self.directories.len() > LISTED {
            searched.push(format!("{} others", self.directories.len() - LISTED));
        }
        let place = match searched.as_slice() {
            [] => format!("no directory is given for `{file}.rlib`"),
            searched => format!("`{file}.rlib` is not in {}", searched.join(", ")),
        };
        format!(
            "the plugins of `{krate}` would be lost: {place}\n\
             help: pass the directory of the file to the compiler: `-L dependency=DIRECTORY`"
        )
    }
}

fn is_library(path: &Path) -> bool {
    has_ending(path, &["rlib", "so", "dylib", "dll"])
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
}
