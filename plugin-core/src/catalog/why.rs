//! The answer of `why`: what is known of a name, and why no plugin has it.

use core::fmt::{self, Display};
use std::borrow::ToOwned as _;
use std::string::{String, ToString as _};
use std::vec::Vec;

use super::{Catalog, Finding, catalog};
use crate::find::{Quoted, nearest};
use crate::origin::Package;
use crate::{InterfaceInfo, PluginInfo, backend, dropin::installed, interfaces, order};

/// Explains whether a plugin is in this program, and why it is not.
///
/// ```
/// use plugin_core::{interface, plugin, why};
///
/// #[interface]
/// pub trait IGas {}
///
/// #[plugin(IGas, name = "helium")]
/// struct Helium;
///
/// impl IGas for Helium {}
///
/// fn main() {
///     assert!(why("helium").is_here());
///
///     let why = why("argon");
///     assert!(!why.is_here());
///     println!("{why}");
/// }
/// ```
///
/// The argument is the name or the id of a plugin, or its text of [`Slot::text_of`](crate::Slot::text_of); or it is the
/// name of an interface, a package, or a crate.
///
/// If plugin-loader's `Package::install` has installed packages of drop-ins, the libraries that have the plugin, or are of the
/// package, are loaded. So the answer knows whether they can be.
///
/// # Cost
///
/// Each call makes a [`catalog()`], so it walks all slots.
#[must_use]
pub fn why(name: &str) -> Why {
    let is_of_it = |info: &PluginInfo| info.package() == name || crate_of(info.id()) == name;
    installed::load(|info| info.name() == name || info.id() == name || is_of_it(info));
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
    let contributed = catalog.plugins.iter().filter(|info| is_of_it(info));
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

/// Asserts that plugins, interfaces, packages, or crates are in the program.
///
/// Use it in a test of a host. The names are those that [`why()`] accepts.
///
/// ```
/// use plugin_core::{assert_linked, interface, plugin};
///
/// #[interface]
/// pub trait IMetal {}
///
/// #[plugin(IMetal, name = "tin")]
/// struct Tin;
///
/// impl IMetal for Tin {}
///
/// fn main() {
///     assert_linked(&["tin", "IMetal"]);
/// }
/// ```
///
/// # Panics
///
/// If one of the names is not in the program; the message is that of [`why()`] for each such name.
///
/// Also if a crate of one of them was compiled twice ([`Finding::CrateTwice`]), or if plugin-core is in the program
/// twice ([`Finding::CoreTwice`]). Plugins are then not found although they are linked.
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

/// Whether a name is in this program, and why it is not; [`why()`] returns it.
///
/// Its `Display` is an explanation for people. With the feature `serde`, it can be serialized for other programs.
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
    /// The name that was passed to [`why()`].
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a plugin or an interface has the name, or a package or crate that declares one.
    #[must_use]
    pub fn is_here(&self) -> bool {
        !(self.plugins.is_empty() && self.interfaces.is_empty() && self.contributed.is_empty())
    }

    /// The plugins with this name or id, or with this text of [`Slot::text_of`](crate::Slot::text_of).
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        &self.plugins
    }

    /// The interfaces with this name or path, and those of the package or crate with this name.
    #[must_use]
    pub fn interfaces(&self) -> &[&'static InterfaceInfo] {
        &self.interfaces
    }

    /// The files that installed packages do not use, each with the reason, if the name is not here.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The most similar name of a plugin, an interface, or a package, if one is similar enough to be a suggestion.
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

    /// The crates that `link_plugins!()` links, and that declare neither plugins nor interfaces in this build.
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
fn crate_of(path: &str) -> &str {
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
                "`{name}` is linked, and declares no plugin in this build\n\
                 help: enable the feature that its plugins need, or check their `#[cfg]`"
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
            writeln!(formatter, "not used: {unused}")?;
        }
        let is_unseen = !unseen.is_empty();
        for finding in unseen {
            writeln!(formatter, "note: {finding}")?;
        }
        if self.hosts.is_empty() && !is_unseen {
            return writeln!(
                formatter,
                "no crate of this program uses `link_plugins!()`, so a crate that is only in `Cargo.toml` is not linked\n\
                 help: write `plugin_core::link_plugins!();` in the crate root of the program, or use the macro of the crate \
                 that re-exports plugin-core"
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
                "help: if a dependency of `{}` should declare it, add that crate (`cargo add`), or enable it \
                 (`--features`)",
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
