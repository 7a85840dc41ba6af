use core::fmt::{self, Display};
use std::vec::Vec;

use crate::find::candidates;
use crate::{IPlugin, Interface, InterfaceInfo, PluginInfo, interfaces, order};

/// Something odd in a program: it may be meant, and more often it is not.
///
/// Its `Display` says what it is, and what can be done.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Finding {
    /// Several plugins of one interface have one name.
    SameName {
        /// The interface.
        interface: &'static InterfaceInfo,
        /// The plugins of that name.
        plugins: Vec<&'static PluginInfo>,
    },
    /// Two versions of one interface have plugins: a host sees those of one version.
    TwoVersions {
        /// The versions of the interface.
        interfaces: Vec<&'static InterfaceInfo>,
        /// The plugins, of each version in turn.
        plugins: Vec<&'static PluginInfo>,
    },
    /// Several plugins have the highest priority, where the interface wants one.
    Tie {
        /// The interface.
        interface: &'static InterfaceInfo,
        /// The plugins of that priority.
        plugins: Vec<&'static PluginInfo>,
    },
    /// There is no plugin, where the interface wants one.
    Missing {
        /// The interface.
        interface: &'static InterfaceInfo,
    },
    /// Some plugins do not list `IPlugin`, while others do: a list of all plugins lacks them.
    WithoutRoot {
        /// The plugins that do not.
        plugins: Vec<&'static PluginInfo>,
    },
}

impl Finding {
    /// The interfaces that it concerns.
    #[must_use]
    pub fn interfaces(&self) -> Vec<&'static InterfaceInfo> {
        match self {
            Self::SameName { interface, .. }
            | Self::Tie { interface, .. }
            | Self::Missing { interface } => Vec::from([*interface]),
            Self::TwoVersions { interfaces, .. } => interfaces.clone(),
            Self::WithoutRoot { .. } => Vec::from([<dyn IPlugin>::INFO]),
        }
    }

    /// The plugins that it concerns.
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        match self {
            Self::SameName { plugins, .. }
            | Self::TwoVersions { plugins, .. }
            | Self::Tie { plugins, .. }
            | Self::WithoutRoot { plugins } => plugins,
            Self::Missing { .. } => &[],
        }
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
                    "`{name}` is here in {count} versions, and a host sees the plugins of its own; \
                     let all crates depend on one version of `{}`",
                    interfaces[0].package()
                )?;
                for interface in interfaces {
                    for plugin in interfaces::plugins_of(interface) {
                        write!(
                            formatter,
                            "\n  `{}` provides `{}`'s `{name}`: {}",
                            plugin.origin().package,
                            interface.origin().package,
                            plugin.name()
                        )?;
                    }
                }
                Ok(())
            }
            Self::Tie { interface, plugins } => {
                let (count, priority) = (plugins.len(), plugins[0].priority());
                write!(
                    formatter,
                    "`{}` wants one plugin and has {count} of priority {priority}; \
                     give one of them a higher `priority`",
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
                    "{} of the plugins do not list `IPlugin`, as the others do",
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
    findings.extend(without_root(plugins));
    findings
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
        let has_plugins = |it: &&InterfaceInfo| interfaces::plugins_of(it).next().is_some();
        let interfaces: Vec<_> = interfaces.iter().copied().filter(has_plugins).collect();
        let first = interfaces.first()?;
        let is_other = |it: &&InterfaceInfo| {
            it.package() == first.package() && it.version() != first.version()
        };
        if !interfaces.iter().any(is_other) {
            return None;
        }
        let plugins = interfaces.iter().copied().flat_map(interfaces::plugins_of);
        Some(Finding::TwoVersions {
            plugins: plugins.collect(),
            interfaces,
        })
    })
}

fn without_root(plugins: &[&'static PluginInfo]) -> Option<Finding> {
    let (with, without): (Vec<_>, Vec<_>) = plugins
        .iter()
        .copied()
        .partition(|plugin| plugin.provides::<dyn IPlugin>());
    (!with.is_empty() && !without.is_empty()).then_some(Finding::WithoutRoot { plugins: without })
}
