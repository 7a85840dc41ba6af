use core::fmt::{self, Display};
use std::borrow::ToOwned as _;
use std::string::{String, ToString as _};
use std::vec::Vec;

use super::{Catalog, Finding, catalog};
use crate::find::{Quoted, nearest};
use crate::origin::Package;
use crate::{InterfaceInfo, PluginInfo, backend, installed, interfaces, order};

/// Says whether a plugin is in this program, and why not.
///
/// The name may be that of a plugin, its id, or the text that finds it in one of its interfaces (see
/// [`Slot::text_of`](crate::Slot::text_of)); or the name of an interface, a package, or a crate.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # #[interface]
/// # pub trait IGas {}
/// # pub struct Helium;
/// # impl IGas for Helium {}
/// # #[plugin(IGas, name = "helium")]
/// # pub static HELIUM: Helium = Helium;
/// # }
/// # fn main() {
/// assert!(plugin_core::why("helium").is_here());
///
/// let why = plugin_core::why("argon");
/// assert!(!why.is_here());
/// println!("{why}");
/// # }
/// ```
///
/// It makes a [`catalog()`], and so walks all slots.
#[must_use]
pub fn why(name: &str) -> Why {
    let catalog = catalog();
    let is_qualified = |info: &'static PluginInfo| {
        let start = name.strip_prefix(info.id());
        start.is_some_and(|rest| rest.starts_with(['@', '#']))
            && texts_of(info).any(|(_, text)| text == name)
    };
    let plugins = catalog
        .plugins
        .iter()
        .filter(|info| info.name() == name || info.id() == name || is_qualified(info));
    let interfaces = catalog.interfaces.iter().filter(|info| {
        info.name() == name
            || info.path() == name
            || info.package() == name
            || crate_of(info.path()) == name
    });
    let contributed = catalog
        .plugins
        .iter()
        .filter(|info| info.package() == name || crate_of(info.id()) == name);
    let why = Why {
        name: name.to_owned(),
        plugins: plugins.copied().collect(),
        interfaces: interfaces.copied().collect(),
        contributed: contributed.copied().collect(),
        linked: order::texts(backend::hosts().flat_map(|host| host.crates).copied()),
        hosts: order::pairs(backend::hosts().map(|host| (host.package, host.version))),
        unused: Vec::new(),
        catalog,
    };
    if why.is_here() {
        return why;
    }
    Why {
        unused: installed::unused(),
        ..why
    }
}

/// Fails when one of the plugins, interfaces, packages, or crates is not in the program: for the
/// tests of a host.
///
/// It also fails if one of them is in the program twice, as [`Finding::CrateTwice`] has it, or if plugin-core
/// is ([`Finding::CoreTwice`]): then some plugins are not found although they are linked in.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # #[interface]
/// # pub trait IMetal {}
/// # pub struct Tin;
/// # impl IMetal for Tin {}
/// # #[plugin(IMetal, name = "tin")]
/// # pub static TIN: Tin = Tin;
/// # }
/// # fn main() {
/// plugin_core::assert_linked(&["tin", "IMetal"]);
/// # }
/// ```
///
/// # Panics
///
/// If it fails; the message is what [`why()`] says of each such name.
#[track_caller]
pub fn assert_linked(names: &[&str]) {
    let twice = catalog().findings.into_iter().find(Finding::is_of_all);
    assert!(
        twice.is_none(),
        "{}",
        twice.map_or_else(String::new, |twice| twice.to_string())
    );
    let is_wrong = |why: &Why| !why.is_here() || why.findings().any(Finding::is_mistake);
    let wrong: Vec<String> = names
        .iter()
        .map(|name| why(name))
        .filter(is_wrong)
        .map(|why| why.to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whether something is in this program, and why not; see [`why()`].
#[derive(Clone, Debug)]
pub struct Why {
    name: String,
    plugins: Vec<&'static PluginInfo>,
    interfaces: Vec<&'static InterfaceInfo>,
    contributed: Vec<&'static PluginInfo>,
    /// What `link_plugins!()` has linked in, by crate.
    linked: Vec<&'static str>,
    /// The packages that use `link_plugins!()`, each with its version.
    hosts: Vec<(&'static str, &'static str)>,
    /// What the packages that are installed do not use, if the name is not here.
    unused: Vec<String>,
    catalog: Catalog,
}

impl Why {
    /// The name that was asked for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a plugin, an interface, or a contributing package has the name.
    #[must_use]
    pub fn is_here(&self) -> bool {
        !(self.plugins.is_empty() && self.interfaces.is_empty() && self.contributed.is_empty())
    }

    /// The plugins of this name, of this id, or found by this text.
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        &self.plugins
    }

    /// The interfaces of this name, of this path, or of this package or crate.
    #[must_use]
    pub fn interfaces(&self) -> &[&'static InterfaceInfo] {
        &self.interfaces
    }

    /// The files that installed packages do not use, each with the reason, if the name is not here.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// What is near in name: a plugin, an interface, or a package.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        let plugins = self
            .catalog
            .plugins
            .iter()
            .flat_map(|info| [info.name(), info.package()]);
        let interfaces = self
            .catalog
            .interfaces
            .iter()
            .flat_map(|info| [info.name(), info.package()]);
        nearest(
            &self.name,
            plugins.chain(interfaces).chain(self.linked.iter().copied()),
        )
    }

    /// What is odd about the plugins, and what may hide others.
    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.catalog.findings.iter().filter(|finding| {
            let has = |plugins: &[&'static PluginInfo]| {
                finding.plugins().iter().any(|info| plugins.contains(info))
            };
            let has_interface = || {
                let mut interfaces = finding.interfaces().into_iter();
                interfaces.any(|info| self.interfaces.contains(&info))
            };
            let may_hide = finding.hides_plugins();
            finding.is_of_all()
                || has(&self.plugins)
                || may_hide && (has(&self.contributed) || has_interface())
        })
    }

    /// The crates that `link_plugins!()` has linked in, and that declare neither plugin nor interface.
    #[must_use]
    pub fn silent(&self) -> Vec<&'static str> {
        let plugins = self.catalog.plugins.iter().map(|info| info.id());
        let interfaces = self.catalog.interfaces.iter().map(|info| info.path());
        let heard = order::texts(plugins.chain(interfaces).map(crate_of));
        let is_silent = |name: &&str| heard.binary_search(name).is_err();
        self.linked.iter().copied().filter(is_silent).collect()
    }
}

/// The plugin's interfaces, each with the text that finds the plugin there.
fn texts_of(
    plugin: &'static PluginInfo,
) -> impl Iterator<Item = (&'static InterfaceInfo, &'static str)> {
    let interfaces = plugin.interfaces().iter();
    interfaces.map(move |interface| (*interface, interfaces::text_of(interface, plugin)))
}

/// The crate of a path, by the name that it has in code.
fn crate_of(path: &'static str) -> &'static str {
    path.split("::").next().unwrap_or("")
}

impl Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Quoted(&self.name);
        if !self.is_here() {
            return self.explain(formatter);
        }
        for plugin in &self.plugins {
            let interfaces: Vec<_> = plugin.interfaces().iter().map(|info| info.path()).collect();
            writeln!(formatter, "`{name}` is here: {plugin}")?;
            writeln!(formatter, "  id: {}", plugin.id())?;
            writeln!(formatter, "  interfaces: {}", interfaces.join(", "))?;
            for (interface, text) in texts_of(plugin).filter(|(_, text)| *text != plugin.name()) {
                writeln!(
                    formatter,
                    "  in `{}`, find it as `{text}`",
                    interface.name()
                )?;
            }
        }
        for interface in &self.interfaces {
            write!(
                formatter,
                "`{}` is an interface of {}; its plugins: ",
                interface.path(),
                interface.origin().package
            )?;
            names(formatter, interfaces::plugins_of(interface))?;
        }
        if !self.contributed.is_empty() {
            write!(formatter, "`{name}` contributes: ")?;
            names(formatter, self.contributed.iter().copied())?;
        }
        for finding in self.findings() {
            writeln!(formatter, "note: {finding}")?;
        }
        Ok(())
    }
}

impl Why {
    /// Why it is not here.
    fn explain(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Quoted(&self.name);
        let silent = self.silent();
        let crate_name = self.name.replace('-', "_");
        if silent.iter().any(|silent| *silent == crate_name) {
            writeln!(
                formatter,
                "`{name}` is linked in, and declares no plugin in this build\n\
                 help: is one behind a feature, or a `#[cfg]`?"
            )?;
            return self
                .findings()
                .try_for_each(|finding| writeln!(formatter, "note: {finding}"));
        }
        // It may be in the program by way of another copy of plugin-core.
        let unseen: Vec<_> = self.findings().collect();
        if unseen.is_empty() {
            write!(formatter, "`{name}` is not in this program")?;
        } else {
            write!(
                formatter,
                "`{name}` is not seen by this copy of plugin-core"
            )?;
        }
        match self.nearest() {
            Some(nearest) if nearest != self.name => {
                writeln!(formatter, "; did you mean `{nearest}`?")?;
            }
            _ => writeln!(formatter)?,
        }
        let packages: Vec<_> = self
            .catalog
            .packages()
            .iter()
            .map(|&(name, version)| Package { name, version }.to_string())
            .collect();
        writeln!(
            formatter,
            "packages that contribute: {}",
            packages.join(", ")
        )?;
        for unused in &self.unused {
            writeln!(formatter, "not used is {unused}")?;
        }
        let is_unseen = !unseen.is_empty();
        for finding in unseen {
            writeln!(formatter, "note: {finding}")?;
        }
        if self.hosts.is_empty() && !is_unseen {
            return writeln!(
                formatter,
                "no crate of this program uses `link_plugins!()`: what is only in `Cargo.toml` is not linked\n\
                 help: write `link_plugins!();`, which plugin-core or a crate of its ecosystem exports, in the crate root of the program"
            );
        }
        if !silent.is_empty() {
            writeln!(
                formatter,
                "linked in, without plugins: {}",
                silent.join(", ")
            )?;
        }
        for &(name, version) in &self.hosts {
            writeln!(
                formatter,
                "help: is the crate that declares it a dependency of `{}`, \
                 and is it enabled? (`cargo add`, `--features`)",
                Package { name, version }
            )?;
        }
        Ok(())
    }
}

fn names(
    formatter: &mut fmt::Formatter<'_>,
    plugins: impl Iterator<Item = &'static PluginInfo>,
) -> fmt::Result {
    let names = order::texts(plugins.map(PluginInfo::name));
    writeln!(
        formatter,
        "{}",
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    )
}
