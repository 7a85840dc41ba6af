//! All interfaces and plugins of this program, likely mistakes among them, and why a plugin is missing.

mod finding;
#[cfg(feature = "serde")]
mod json;
mod table;
mod why;

pub use self::finding::Finding;
pub(crate) use self::finding::hidden_from;
pub use self::why::{Why, assert_linked, why};

use core::fmt::{self, Display};
use std::string::ToString as _;
use std::vec::Vec;
use std::{format, vec};

use self::table::Table;
use crate::{InterfaceInfo, PluginInfo, dropin::installed, interfaces, order};

/// Lists all interfaces and plugins in this program, and likely mistakes among them.
///
/// ```
/// use plugin_core::{catalog, interface, plugin};
///
/// #[interface]
/// pub trait ISolid {}
///
/// #[plugin(ISolid, name = "cube")]
/// struct Cube;
///
/// impl ISolid for Cube {}
///
/// fn main() {
///     let catalog = catalog().of_interface("ISolid");
///     assert_eq!(catalog.plugins()[0].name(), "cube");
///     println!("{catalog}");
/// }
/// ```
///
/// If plugin-loader's `Package::install` has installed packages of drop-ins, the list has their plugins too. No library
/// is loaded for it.
///
/// # Cost
///
/// Each call walks all slots and allocates. Nothing is cached.
#[must_use]
pub fn catalog() -> Catalog {
    let interfaces: Vec<_> = interfaces::all().collect();
    let interfaces = order::interfaces(&interfaces);
    let plugins: Vec<_> = interfaces::plugins().chain(installed::plugins()).collect();
    let plugins = order::by_place(&plugins, |info| info);
    let findings = finding::all(&interfaces, &plugins);
    Catalog {
        interfaces,
        plugins,
        findings,
    }
}

/// A list of interfaces and plugins, with findings; [`catalog()`] returns it.
///
/// Its [`Display`] is a table for people. The table is as wide as the environment variable `COLUMNS` says, or as the
/// width in the format: `{catalog:80}`. With the feature `serde`, it can be serialized for other programs.
#[derive(Clone, Debug)]
pub struct Catalog {
    interfaces: Vec<&'static InterfaceInfo>,
    plugins: Vec<&'static PluginInfo>,
    findings: Vec<Finding>,
}

impl Catalog {
    /// The interfaces, sorted by path, then by version.
    #[must_use]
    pub fn interfaces(&self) -> &[&'static InterfaceInfo] {
        &self.interfaces
    }

    /// The plugins, each once, sorted by id, then by version, file, and line.
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        &self.plugins
    }

    /// Likely mistakes, such as two plugins with one name.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The packages that declare plugins or interfaces, each with its version.
    #[must_use]
    pub fn packages(&self) -> Vec<(&'static str, &'static str)> {
        let plugins = self
            .plugins
            .iter()
            .map(|info| (info.package(), info.version()));
        let interfaces = self
            .interfaces
            .iter()
            .map(|info| (info.package(), info.version()));
        order::pairs(plugins.chain(interfaces))
    }

    /// Keeps only interfaces with this name or path, their plugins, and the findings about them.
    #[must_use]
    pub fn of_interface(mut self, name: &str) -> Self {
        let is_it = |info: &InterfaceInfo| info.name() == name || info.path() == name;
        self.interfaces.retain(|info| is_it(info));
        self.plugins
            .retain(|plugin| plugin.interfaces().iter().any(|info| is_it(info)));
        self.findings.retain(|finding| {
            finding.is_of_all() || finding.interfaces().iter().any(|info| is_it(info))
        });
        self
    }

    /// Keeps only interfaces and plugins of packages with this name, and the findings about them.
    #[must_use]
    pub fn of_package(mut self, name: &str) -> Self {
        self.interfaces.retain(|info| info.package() == name);
        self.plugins.retain(|info| info.package() == name);
        self.findings.retain(|finding| {
            finding.is_of_all()
                || finding.plugins().iter().any(|info| info.package() == name)
                || finding
                    .interfaces()
                    .iter()
                    .any(|info| info.package() == name)
        });
        self
    }
}

impl Display for Catalog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interfaces = self.interfaces.iter().map(|info| {
            vec![
                info.name().to_string(),
                info.origin().package.to_string(),
                interfaces::plugins_of(info).count().to_string(),
                format!("{}, {}:{}", info.path(), info.file(), info.line()),
            ]
        });
        let plugins = self.plugins.iter().map(|info| {
            let names: Vec<_> = info.interfaces().iter().map(|info| info.name()).collect();
            let mut origin = vec![
                info.id().to_string(),
                format!("{}:{}", info.file(), info.line()),
            ];
            origin.extend(
                info.tags()
                    .iter()
                    .map(|tag| format!("{}={}", tag.key(), tag.value())),
            );
            #[cfg(feature = "config")]
            origin.extend(
                crate::configured::parameters_of(info)
                    .map(|parameters| format!("parameters {parameters}")),
            );
            vec![
                info.name().to_string(),
                info.origin().package.to_string(),
                info.priority().to_string(),
                names.join(" "),
                origin.join(", "),
            ]
        });
        Table::new(["interface", "package", "plugins", "declared"], interfaces).fmt(formatter)?;
        writeln!(formatter)?;
        let titles = ["plugin", "package", "priority", "interfaces", "declared"];
        Table::new(titles, plugins).fmt(formatter)?;
        for finding in &self.findings {
            write!(formatter, "\nnote: {finding}\n")?;
        }
        Ok(())
    }
}
