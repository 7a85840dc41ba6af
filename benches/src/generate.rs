//! Workspaces of any number of plugins, each under two interfaces, for this framework and its peers.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

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

    /// The plugin of that number.
    fn plugin(self, number: usize) -> String {
        let object = format!("pub static P{number}: Number = Number({number});\n");
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

/// A workspace of its own: one interface crate, some crates of plugins, and two programs.
pub(crate) struct Workspace {
    pub(crate) directory: PathBuf,
    /// Where it is built.
    pub(crate) target: PathBuf,
    subject: Subject,
    plugins: usize,
    crates: usize,
}

impl Workspace {
    pub(crate) fn new(subject: Subject, plugins: usize, crates: usize) -> Self {
        let name = format!("{}-{plugins}-{crates}", subject.name().replace(' ', "-"));
        let directory = cargo::scratch().join(name);
        let workspace = Self {
            target: directory.join("target"),
            directory,
            subject,
            plugins,
            crates,
        };
        workspace.write_all();
        workspace
    }

    /// The same, built where others have built already.
    pub(crate) fn in_target(self, target: Option<&Path>) -> Self {
        let target = target.map_or(self.target, Path::to_owned);
        Self { target, ..self }
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
        let old = text.lines().find(|line| line.contains("Number(")).unwrap();
        let new = format!("pub static P0: Number = Number({number});");
        cargo::write(&path, &text.replacen(old, &new, 1));
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
        text.extend(numbers.clone().map(|number| self.subject.plugin(number)));
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

pub(crate) fn package(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{dependencies}"
    )
}
