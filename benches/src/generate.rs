//! Workspaces of any number of plugins, each under two interfaces, for this framework and its peers.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use crate::cargo;

/// What registers the plugins.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Subject {
    Ours,
    Linkme,
    Inventory,
    Scattered,
    ByHand,
}

impl Subject {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "plugin-core",
            Self::Linkme => "linkme",
            Self::Inventory => "inventory",
            Self::Scattered => "scattered-collect",
            Self::ByHand => "by hand",
        }
    }

    /// The line of `Cargo.toml`. The versions are those of the workspace's lock file.
    pub(crate) fn dependency(self) -> String {
        match self {
            Self::Ours => {
                let path = cargo::workspace().join("plugin-core");
                format!("plugin-core = {{ path = '{}' }}\n", path.display())
            }
            Self::ByHand => String::new(),
            peer => format!("{} = \"*\"\n", peer.name()),
        }
    }

    /// The interface crate, after its traits and the type that implements them.
    fn declarations(self) -> &'static str {
        match self {
            Self::Ours => "",
            Self::ByHand => "pub static BY_HAND: &[&dyn IAlpha] = &[&Number(0), &Number(1)];\n",
            Self::Linkme => {
                "#[linkme::distributed_slice]
pub static ALPHAS: [&'static dyn IAlpha];
#[linkme::distributed_slice]
pub static BETAS: [&'static dyn IBeta];
"
            }
            Self::Inventory => {
                "pub struct Alpha(pub &'static dyn IAlpha);
pub struct Beta(pub &'static dyn IBeta);
inventory::collect!(Alpha);
inventory::collect!(Beta);
"
            }
            Self::Scattered => {
                "#[scattered_collect::gather]
pub static ALPHAS: scattered_collect::slice::ScatteredSlice<&'static dyn IAlpha>;
#[scattered_collect::gather]
pub static BETAS: scattered_collect::slice::ScatteredSlice<&'static dyn IBeta>;
"
            }
        }
    }

    /// The plugin of that number, with its object.
    fn plugin(self, number: usize, object: &str) -> String {
        let docs = format!("/// The plugin of number {number}.\n");
        match self {
            Self::Ours => format!("{docs}#[plugin_core::plugin(IAlpha, IBeta)]\n{object}"),
            Self::ByHand => format!("{docs}{object}"),
            Self::Linkme => format!(
                "{docs}{object}#[linkme::distributed_slice(ALPHAS)]
static A{number}: &'static dyn IAlpha = &P{number};
#[linkme::distributed_slice(BETAS)]
static B{number}: &'static dyn IBeta = &P{number};
"
            ),
            Self::Inventory => format!(
                "{docs}{object}inventory::submit! {{ Alpha(&P{number}) }}
inventory::submit! {{ Beta(&P{number}) }}
"
            ),
            Self::Scattered => format!(
                "{docs}{object}#[scattered_collect::scatter(ALPHAS)]
static A{number}: &'static dyn IAlpha = &P{number};
#[scattered_collect::scatter(BETAS)]
static B{number}: &'static dyn IBeta = &P{number};
"
            ),
        }
    }

    /// What walks each interface's plugins, in the host.
    fn walk(self, crates: usize) -> String {
        let mut text = String::new();
        let mut walk = |plugins: &str, object: &str| {
            writeln!(
                text,
                "    for plugin in {plugins} {{ sum += plugin{object}.number(); }}"
            )
            .unwrap();
        };
        match self {
            Self::Ours => {
                walk("plugin_core::plugins::<dyn IAlpha>()", "");
                walk("plugin_core::plugins::<dyn IBeta>()", "");
            }
            Self::Linkme | Self::Scattered => {
                walk("ALPHAS.iter()", "");
                walk("BETAS.iter()", "");
            }
            Self::Inventory => {
                walk("inventory::iter::<Alpha>", ".0");
                walk("inventory::iter::<Beta>", ".0");
            }
            Self::ByHand => {
                for index in 0..crates {
                    walk(&format!("plugins_{index}::ALPHAS"), "");
                    walk(&format!("plugins_{index}::BETAS"), "");
                }
            }
        }
        text
    }
}

/// The types of the plugins' objects.
#[derive(Clone, Copy)]
enum Types {
    /// All plugins are of one type, which the interface crate has.
    Shared,
    /// Each plugin is of a type of its own, beside it.
    Own,
}

impl Types {
    /// The type of the plugin of that number, where it is not shared.
    fn declaration(self, plugin: usize) -> String {
        match self {
            Self::Shared => String::new(),
            Self::Own => format!(
                "pub struct N{plugin}(pub u64);
impl IAlpha for N{plugin} {{ fn number(&self) -> u64 {{ self.0 }} }}
impl IBeta for N{plugin} {{ fn number(&self) -> u64 {{ self.0 }} }}
"
            ),
        }
    }

    /// The static of the plugin of that number, which gives `number` when it is called.
    fn object(self, plugin: usize, number: usize) -> String {
        let ty = match self {
            Self::Shared => "Number".to_owned(),
            Self::Own => format!("N{plugin}"),
        };
        format!("pub static P{plugin}: {ty} = {ty}({number});\n")
    }

    /// A part of the workspace's name.
    fn suffix(self) -> &'static str {
        match self {
            Self::Shared => "",
            Self::Own => "-own-types",
        }
    }
}

/// A workspace of its own: one interface crate, some crates of plugins, and two programs.
pub(crate) struct Workspace {
    pub(crate) directory: PathBuf,
    /// Where it is built.
    pub(crate) target: PathBuf,
    pub(crate) subject: Subject,
    types: Types,
    plugins: usize,
    crates: usize,
}

impl Workspace {
    /// All plugins are of one type.
    pub(crate) fn new(subject: Subject, plugins: usize, crates: usize) -> Self {
        Self::of(subject, Types::Shared, plugins, crates)
    }

    /// Each plugin is of a type of its own.
    pub(crate) fn with_own_types(subject: Subject, plugins: usize, crates: usize) -> Self {
        Self::of(subject, Types::Own, plugins, crates)
    }

    fn of(subject: Subject, types: Types, plugins: usize, crates: usize) -> Self {
        let (name, suffix) = (subject.name().replace(' ', "-"), types.suffix());
        let directory = cargo::scratch().join(format!("{name}-{plugins}-{crates}{suffix}"));
        let workspace = Self {
            target: directory.join("target"),
            directory,
            subject,
            types,
            plugins,
            crates,
        };
        workspace.write_all();
        workspace
    }

    /// The same, built where others have built already.
    pub(crate) fn in_target(self, target: Option<&Path>) -> Self {
        let Some(target) = target else {
            return self;
        };
        // To Cargo, the crates at one path within two workspaces are the same one, and are up to date
        // where the other's source is newer.
        let now = SystemTime::now();
        for name in self.plugin_crates() {
            let source = self.directory.join(name).join("src/lib.rs");
            let source = File::options().append(true).open(source).unwrap();
            source.set_modified(now).unwrap();
        }
        Self {
            target: target.to_owned(),
            ..self
        }
    }

    /// Cargo, for this workspace.
    pub(crate) fn cargo(&self) -> Command {
        cargo::command(&self.directory, &self.target)
    }

    /// The names of the crates that have plugins.
    pub(crate) fn plugin_crates(&self) -> Vec<String> {
        (0..self.crates)
            .map(|index| format!("plugins_{index}"))
            .collect()
    }

    /// Gives the first plugin a number that it has not had before.
    pub(crate) fn change_a_plugin(&self) {
        static CHANGES: AtomicUsize = AtomicUsize::new(1_000_000);
        let number = CHANGES.fetch_add(1, Ordering::Relaxed);
        let path = self.directory.join("plugins_0/src/lib.rs");
        let text = fs::read_to_string(&path).unwrap();
        let is_first = |line: &&str| line.starts_with("pub static P0:");
        let old = text.lines().find(is_first).unwrap();
        let new = self.types.object(0, number);
        cargo::write(&path, &text.replacen(old, new.trim_end(), 1));
    }

    /// The texts that a program keeps of each plugin, as `#[plugin]` writes them.
    pub(crate) fn texts(&self) -> Vec<String> {
        let crates = self.plugin_crates().into_iter().enumerate();
        let texts = crates.flat_map(|(index, name)| texts(&name, &self.plugins(index)));
        texts.collect()
    }

    fn write_all(&self) {
        let write = |path: &str, text: &str| cargo::write(&self.directory.join(path), text);
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"interfaces\", \"plugins_*\", \"host\", \"idle\"]\n";
        write("Cargo.toml", manifest);
        // The versions that are here already.
        let lock = cargo::workspace().join("Cargo.lock");
        write("Cargo.lock", &fs::read_to_string(lock).unwrap());

        let dependency = self.subject.dependency();
        let interfaces = "interfaces = { path = \"../interfaces\" }\n";
        write("interfaces/Cargo.toml", &package("interfaces", &dependency));
        write("interfaces/src/lib.rs", &self.interfaces());
        let dependencies = format!("{dependency}{interfaces}");
        let mut host = dependencies.clone();
        for (index, name) in self.plugin_crates().iter().enumerate() {
            write(&format!("{name}/Cargo.toml"), &package(name, &dependencies));
            write(&format!("{name}/src/lib.rs"), &self.plugins(index));
            writeln!(host, "{name} = {{ path = \"../{name}\" }}").unwrap();
        }
        for (name, main) in [("host", self.host()), ("idle", self.idle())] {
            write(&format!("{name}/Cargo.toml"), &package(name, &host));
            write(&format!("{name}/src/main.rs"), &main);
        }
    }

    fn interfaces(&self) -> String {
        let attribute = match self.subject {
            Subject::Ours => "#[plugin_core::interface]",
            _ => "",
        };
        let mut text = "pub struct Number(pub u64);\n".to_owned();
        for interface in ["IAlpha", "IBeta"] {
            let supertraits = match self.subject {
                Subject::Ours => "",
                _ => ": Send + Sync",
            };
            writeln!(
                text,
                "{attribute}
pub trait {interface}{supertraits} {{
    fn number(&self) -> u64;
}}
impl {interface} for Number {{
    fn number(&self) -> u64 {{ self.0 }}
}}"
            )
            .unwrap();
        }
        text + self.subject.declarations()
    }

    fn plugins(&self, index: usize) -> String {
        let share = self.plugins / self.crates;
        let numbers = index * share..(index + 1) * share;
        let mut text = "#[allow(unused_imports)]\nuse interfaces::*;\n".to_owned();
        for number in numbers.clone() {
            let object = self.types.object(number, number);
            text.push_str(&self.types.declaration(number));
            text.push_str(&self.subject.plugin(number, &object));
        }
        if self.subject == Subject::ByHand {
            for (slice, interface) in [("ALPHAS", "IAlpha"), ("BETAS", "IBeta")] {
                writeln!(text, "pub static {slice}: &[&dyn {interface}] = &[").unwrap();
                for number in numbers.clone() {
                    writeln!(text, "    &P{number},").unwrap();
                }
                text.push_str("];\n");
            }
        }
        text
    }

    /// A program that walks all plugins.
    fn host(&self) -> String {
        let walk = self.subject.walk(self.crates);
        let main = format!("    let mut sum = 0;\n{walk}    println!(\"{{sum}}\");\n");
        self.program(&main)
    }

    /// A program that has all plugins, and never asks for one.
    fn idle(&self) -> String {
        self.program("")
    }

    fn program(&self, main: &str) -> String {
        let mut text = "#[allow(unused_imports)]\nuse interfaces::*;\n".to_owned();
        for name in self.plugin_crates() {
            writeln!(text, "use {name} as _;").unwrap();
        }
        writeln!(text, "\nfn main() {{\n{main}}}").unwrap();
        text
    }
}

const VERSION: &str = "0.1.0";

pub(crate) fn package(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"{VERSION}\"\nedition = \"2024\"\n\n\
         [dependencies]\n{dependencies}"
    )
}

/// Of each `#[plugin]` in the source of that crate: name, package, version, file, line, id, and docs.
pub(crate) fn texts(package: &str, source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().collect();
    let attributes = lines.windows(3).zip(2..);
    attributes
        .filter_map(|(lines, line)| {
            let &[docs, attribute, object] = lines else {
                return None;
            };
            attribute.strip_prefix("#[plugin_core::plugin(")?;
            let docs = docs.strip_prefix("/// ")?;
            let (name, _) = object.strip_prefix("pub static ")?.split_once(':')?;
            Some(format!(
                "{name}\0{package}\0{VERSION}\0{package}/src/lib.rs\0{line}\0\0{package}::{name}\0{docs}"
            ))
        })
        .collect()
}
