//! Likely mistakes in a program, and how they are found.

use core::fmt::{self, Display};
use std::vec::Vec;

use crate::find::candidates;
use crate::origin::Package;
use crate::{IPlugin, Interface, InterfaceInfo, PluginInfo, cores, interfaces, order};

/// A likely mistake in a program, such as two plugins with one name.
///
/// Some are intended; its `Display` says what is wrong, and what to do about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Finding {
    /// Several plugins of one interface have the same name.
    SameName {
        /// The interface.
        interface: &'static InterfaceInfo,
        /// The plugins with that name.
        plugins: Vec<&'static PluginInfo>,
    },
    /// Two versions of one interface are in the program, with plugins. A host sees the plugins of its own version.
    TwoVersions {
        /// The versions of the interface.
        interfaces: Vec<&'static InterfaceInfo>,
        /// The plugins of the first version, then those of the next.
        plugins: Vec<&'static PluginInfo>,
    },
    /// The crate of an interface was compiled several times, so the interface is in the program several times. A plugin
    /// of one is not a plugin of the others.
    ///
    /// This happens in the unit tests of a crate, if one of their dependencies depends on the crate. It also happens if
    /// `main.rs` and `lib.rs` have the same module, or if a crate comes from two sources.
    CrateTwice {
        /// Each copy of the interface.
        interfaces: Vec<&'static InterfaceInfo>,
        /// The plugins of the first copy, then those of the next.
        plugins: Vec<&'static PluginInfo>,
    },
    /// Several copies of plugin-core are in the program. Each sees only the interfaces and plugins that are declared
    /// with it.
    ///
    /// This is not detected on WebAssembly, on bare metal, on other targets where plugins have constructors, and with
    /// the feature `dylib`.
    CoreTwice {
        /// The version and the directory of each copy. The first is the copy that reports this.
        copies: Vec<(&'static str, &'static str)>,
    },
    /// The interface wants one plugin, and several have the highest priority.
    Tie {
        /// The interface.
        interface: &'static InterfaceInfo,
        /// The plugins with that priority.
        plugins: Vec<&'static PluginInfo>,
    },
    /// The interface wants one plugin, and has none.
    Missing {
        /// The interface.
        interface: &'static InterfaceInfo,
    },
    /// Some plugins list `IPlugin` and others do not, so `plugins::<dyn IPlugin>()` does not have all plugins.
    WithoutRoot {
        /// The plugins that do not list it.
        plugins: Vec<&'static PluginInfo>,
    },
}

impl Finding {
    /// The interfaces that the finding is about.
    #[must_use]
    pub fn interfaces(&self) -> Vec<&'static InterfaceInfo> {
        match self {
            Self::SameName { interface, .. }
            | Self::Tie { interface, .. }
            | Self::Missing { interface } => Vec::from([*interface]),
            Self::TwoVersions { interfaces, .. } | Self::CrateTwice { interfaces, .. } => {
                interfaces.clone()
            }
            Self::WithoutRoot { .. } => Vec::from([<dyn IPlugin>::INFO]),
            Self::CoreTwice { .. } => Vec::new(),
        }
    }

    /// The plugins that the finding is about.
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        match self {
            Self::SameName { plugins, .. }
            | Self::TwoVersions { plugins, .. }
            | Self::CrateTwice { plugins, .. }
            | Self::Tie { plugins, .. }
            | Self::WithoutRoot { plugins } => plugins,
            Self::Missing { .. } | Self::CoreTwice { .. } => &[],
        }
    }

    /// For each of the plugins, the text that finds it in the interface that this concerns.
    #[cfg(feature = "serde")]
    pub(super) fn texts(&self) -> Vec<&'static str> {
        let interfaces = self.interfaces();
        let text = |info: &&'static PluginInfo| {
            let mut of_plugin = info.interfaces().iter();
            let interface = of_plugin.find(|interface| interfaces.contains(interface));
            interfaces::text_of(interface.unwrap_or(&info.interfaces()[0]), info)
        };
        self.plugins().iter().map(text).collect()
    }

    /// Whether plugins are not found because something is here several times.
    pub(super) fn hides_plugins(&self) -> bool {
        matches!(
            self,
            Self::TwoVersions { .. } | Self::CrateTwice { .. } | Self::CoreTwice { .. }
        )
    }

    /// Whether it concerns the whole program.
    pub(crate) fn is_of_all(&self) -> bool {
        matches!(self, Self::CoreTwice { .. })
    }

    /// Whether it is a mistake in any program: two versions may be meant.
    pub(super) fn is_mistake(&self) -> bool {
        matches!(self, Self::CrateTwice { .. } | Self::CoreTwice { .. })
    }
}

impl Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameName { interface, plugins } => {
                let (count, name) = (plugins.len(), plugins[0].name());
                write!(
                    formatter,
                    "`{}` has {count} plugins `{name}`; use these texts to find them:",
                    interface.name()
                )?;
                candidates(interface, plugins, formatter)
            }
            Self::TwoVersions { interfaces, .. } => {
                let name = interfaces[0].name();
                let count = interfaces.len();
                write!(
                    formatter,
                    "`{name}` is in this program in {count} versions, and a host sees only the plugins of its own version; \
                     let all crates depend on one version of `{}`",
                    interfaces[0].package()
                )?;
                for interface in interfaces {
                    let package = interface.origin().package;
                    if interfaces::plugins_of(interface).next().is_none() {
                        write!(formatter, "\n  `{package}`'s `{name}` has no plugins")?;
                    }
                    for plugin in interfaces::plugins_of(interface) {
                        write!(
                            formatter,
                            "\n  `{}` provides `{}`'s `{name}`: {}",
                            plugin.origin().package,
                            package,
                            plugin.name()
                        )?;
                    }
                }
                Ok(())
            }
            Self::CrateTwice { interfaces, .. } => crate_twice_text(interfaces, formatter),
            Self::CoreTwice { copies } => core_twice_text(copies, formatter),
            Self::Tie { interface, plugins } => {
                let (count, priority) = (plugins.len(), plugins[0].priority());
                write!(
                    formatter,
                    "`{}` wants one plugin and has {count} of priority {priority}; \
                     give one of them a higher `priority` than the others",
                    interface.name()
                )?;
                candidates(interface, plugins, formatter)
            }
            Self::Missing { interface } => {
                write!(
                    formatter,
                    "`{}` wants one plugin and has none",
                    interface.name()
                )
            }
            Self::WithoutRoot { plugins } => {
                write!(
                    formatter,
                    "{} of the plugins do not list `IPlugin`, and the others do",
                    plugins.len()
                )?;
                for plugin in plugins {
                    write!(formatter, "\n  {plugin}: {}", plugin.id())?;
                }
                Ok(())
            }
        }
    }
}

fn crate_twice_text(
    interfaces: &[&'static InterfaceInfo],
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (first, last) = (interfaces[0], interfaces[interfaces.len() - 1]);
    write!(
        formatter,
        "`{}` is in this program {} times, and a plugin of one is not a plugin of the others:",
        first.path(),
        interfaces.len()
    )?;
    for interface in interfaces {
        let (path, origin) = (interface.path(), interface.origin());
        let test = if interface.is_of_test() {
            ", compiled for tests"
        } else {
            ""
        };
        write!(formatter, "\n  {path} ({origin}{test}): ")?;
        let names = order::texts(interfaces::plugins_of(interface).map(PluginInfo::name));
        match &names[..] {
            [] => formatter.write_str("no plugins")?,
            names => formatter.write_str(&names.join(", "))?,
        }
    }
    let package = first.package();
    if first.file() != last.file() {
        write!(
            formatter,
            "\nhelp: `{package}` comes from two sources; let all crates use one of them, with `[patch]` in the \
             workspace's `Cargo.toml`"
        )
    } else if first.path() == last.path() && first.is_of_test() != last.is_of_test() {
        write!(
            formatter,
            "\nhelp: these are unit tests of `{package}`, and a dependency links `{package}` as a library; move \
             the tests that need its plugins to `tests/`"
        )
    } else {
        write!(
            formatter,
            "\nhelp: two crates of `{package}` have this module, such as `main.rs` and `lib.rs`; declare it in \
             `lib.rs` alone, and `use` it in the other"
        )
    }
}

fn core_twice_text(
    copies: &[(&'static str, &'static str)],
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    write!(
        formatter,
        "plugin-core is in this program {} times, and each copy sees only its own interfaces and plugins:",
        copies.len()
    )?;
    for (index, (version, directory)) in copies.iter().enumerate() {
        let package = Package {
            name: "plugin-core",
            version,
        };
        let this = if index == 0 {
            ", which reports this"
        } else {
            ""
        };
        write!(formatter, "\n  {package} ({directory}){this}")?;
    }
    let is_compatible = copies
        .iter()
        .all(|(version, _)| compatible(version) == compatible(copies[0].0));
    formatter.write_str(if is_compatible {
        "\nhelp: let all crates use one of them, with `[patch]` in the workspace's `Cargo.toml`"
    } else {
        "\nhelp: let all crates depend on one version"
    })?;
    formatter.write_str("; `cargo tree --duplicates` shows the crates that depend on each")
}

/// The part of a version that Cargo takes for another package's where it differs: up to the first number that
/// is not zero.
fn compatible(version: &str) -> &str {
    let mut end = 0;
    for number in version.split('.') {
        end += number.len();
        if number != "0" {
            break;
        }
        end += 1;
    }
    &version[..end.min(version.len())]
}

pub(super) fn all(
    interfaces: &[&'static InterfaceInfo],
    plugins: &[&'static PluginInfo],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for interface in interfaces {
        findings.extend(same_names(interface));
        findings.extend(not_one(interface));
    }
    findings.extend(two_versions(interfaces));
    findings.extend(crate_twice(interfaces));
    findings.extend(without_root(plugins));
    findings.extend(core_twice());
    findings
}

/// Why an interface may lack plugins that the program has.
pub(crate) fn hidden_from(interface: &'static InterfaceInfo) -> Vec<Finding> {
    let interfaces: Vec<_> = interfaces::all().collect();
    let interfaces = order::interfaces(&interfaces);
    let findings = two_versions(&interfaces).chain(crate_twice(&interfaces));
    findings
        .filter(|finding| finding.interfaces().contains(&interface))
        .chain(core_twice())
        .collect()
}

fn same_names(interface: &'static InterfaceInfo) -> Vec<Finding> {
    // A list of everything is no place to look something up by name.
    if *interface == *<dyn IPlugin>::INFO {
        return Vec::new();
    }
    let plugins: Vec<_> = interfaces::plugins_of(interface).collect();
    let plugins = order::by_name(&plugins);
    let same = plugins.chunk_by(|left, right| left.name() == right.name());
    same.filter(|plugins| plugins.len() > 1)
        .map(|plugins| Finding::SameName {
            interface,
            plugins: plugins.into(),
        })
        .collect()
}

fn not_one(interface: &'static InterfaceInfo) -> Option<Finding> {
    if !interface.wants_one() {
        return None;
    }
    let highest = interfaces::plugins_of(interface)
        .map(PluginInfo::priority)
        .max();
    let Some(highest) = highest else {
        return Some(Finding::Missing { interface });
    };
    let plugins: Vec<_> = interfaces::plugins_of(interface)
        .filter(|plugin| plugin.priority() == highest)
        .collect();
    let plugins = order::by_place(&plugins, |info| info);
    (plugins.len() > 1).then_some(Finding::Tie { interface, plugins })
}

/// The interfaces are sorted by path, so that those of one path are neighbours.
fn two_versions(interfaces: &[&'static InterfaceInfo]) -> impl Iterator<Item = Finding> {
    let of_one_path = interfaces.chunk_by(|left, right| left.path() == right.path());
    of_one_path.filter_map(|interfaces| {
        let first = interfaces.first()?;
        let is_other = |it: &&InterfaceInfo| {
            it.package() == first.package() && it.version() != first.version()
        };
        if !interfaces.iter().any(is_other) {
            return None;
        }
        let plugins = plugins_of_all(interfaces)?;
        Some(Finding::TwoVersions {
            plugins,
            interfaces: interfaces.into(),
        })
    })
}

/// Nothing where none of them has a plugin that another one could miss.
fn plugins_of_all(interfaces: &[&'static InterfaceInfo]) -> Option<Vec<&'static PluginInfo>> {
    let plugins = interfaces.iter().copied().flat_map(interfaces::plugins_of);
    let plugins: Vec<_> = plugins.collect();
    (!plugins.is_empty()).then_some(plugins)
}

fn crate_twice(interfaces: &[&'static InterfaceInfo]) -> Vec<Finding> {
    let interfaces = order::by_declaration(interfaces);
    let same = interfaces.chunk_by(|left, right| is_one_declaration(left, right));
    let several = same.filter(|interfaces| interfaces.len() > 1);
    several
        .filter_map(|interfaces| {
            Some(Finding::CrateTwice {
                plugins: plugins_of_all(interfaces)?,
                interfaces: interfaces.into(),
            })
        })
        .collect()
}

/// Whether two interfaces are one in the source.
fn is_one_declaration(left: &InterfaceInfo, right: &InterfaceInfo) -> bool {
    let key = |info: &InterfaceInfo| (info.path_in_crate(), info.package(), info.version());
    if key(left) != key(right) {
        return false;
    }
    // One source that lies in two places has the same files in it, by other paths.
    let name = |info: &InterfaceInfo| info.file().rsplit(['/', '\\']).next();
    if left.file() == right.file() {
        left.line() == right.line()
    } else {
        left.path() == right.path() && name(left) == name(right)
    }
}

fn core_twice() -> Option<Finding> {
    let copies = cores::all();
    (copies.len() > 1).then_some(Finding::CoreTwice { copies })
}

fn without_root(plugins: &[&'static PluginInfo]) -> Option<Finding> {
    let (with, without): (Vec<_>, Vec<_>) = plugins
        .iter()
        .copied()
        .partition(|plugin| plugin.interfaces().contains(&<dyn IPlugin>::INFO));
    (!with.is_empty() && !without.is_empty()).then_some(Finding::WithoutRoot { plugins: without })
}

#[cfg(test)]
mod tests {
    use std::string::ToString as _;

    use super::*;
    use crate::InterfaceKind;
    use crate::interface::{self, InterfaceData, erased};

    /// Whatever it is called, its plugins are those of `IPlugin`.
    const fn interface(
        key: u64,
        path: &'static str,
        file: &'static str,
        line: u32,
    ) -> InterfaceInfo {
        interface::interface(InterfaceData {
            key,
            kind: InterfaceKind::Trait,
            name: "IStep",
            path,
            docs: "",
            package: "engine",
            version: "0.3.0",
            file,
            line,
            noun: "",
            wants_one: false,
            tags: &[],
            extends: &[],
            members: &[],
            erased: erased::<dyn IPlugin>(),
        })
    }

    const PATH: &str = "engine::step::IStep";
    const FILE: &str = "src/step.rs";

    #[test]
    fn one_declaration_has_one_place_in_its_crate() {
        let info = interface(0, PATH, FILE, 5);
        for (path, file, line, is_same) in [
            (PATH, FILE, 5, true),
            // A module of two crates.
            ("tool::step::IStep", FILE, 5, true),
            // A crate of two sources.
            (PATH, "/registry/engine-0.3.0/src/step.rs", 5, true),
            (PATH, "C:\\registry\\engine-0.3.0\\src\\step.rs", 6, true),
            // Blocks of one module.
            (PATH, FILE, 6, false),
            // Modules of one macro.
            ("engine::other::IStep", FILE, 5, false),
            // `main.rs` and `lib.rs` declare what is called the same.
            (PATH, "src/other.rs", 5, false),
            ("tool::step::IStep", "tool/src/step.rs", 5, false),
        ] {
            let other = interface(2, path, file, line);
            assert_eq!(
                is_one_declaration(&info, &other),
                is_same,
                "{path} {file}:{line}"
            );
        }
    }

    #[test]
    fn each_way_to_be_here_twice_has_a_cure_of_its_own() {
        static LIBRARY: InterfaceInfo = interface(2, PATH, FILE, 5);
        static TEST: InterfaceInfo = interface(3, PATH, FILE, 5);
        static TOOL: InterfaceInfo = interface(4, "tool::step::IStep", FILE, 5);
        static COPY: InterfaceInfo = interface(6, PATH, "/engine-0.3.0/src/step.rs", 5);

        for (interfaces, cure) in [
            ([&LIBRARY, &TEST], "these are unit tests of `engine`"),
            ([&LIBRARY, &TOOL], "two crates of `engine` have this module"),
            ([&TEST, &TOOL], "two crates of `engine` have this module"),
            ([&LIBRARY, &COPY], "`engine` comes from two sources"),
        ] {
            let finding = Finding::CrateTwice {
                interfaces: interfaces.into(),
                plugins: Vec::new(),
            };
            let text = finding.to_string();
            assert!(text.contains(&std::format!("\nhelp: {cure}")), "{text}");
        }
    }

    #[test]
    fn versions_are_compatible_where_cargo_has_one_of_them() {
        for (version, part) in [
            ("1.2.3", "1"),
            ("0.1.2", "0.1"),
            ("0.0.3", "0.0.3"),
            ("0.0.0", "0.0.0"),
            ("0.1.0-beta.1", "0.1"),
            ("", ""),
        ] {
            assert_eq!(compatible(version), part);
        }
    }
}
