//! What is in this program, what is odd about it, and why something is not there.

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
use crate::{InterfaceInfo, PluginInfo, installed, interfaces, order};

/// Every interface and every plugin in this program, with what is odd about them.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # #[interface]
/// # pub trait ISolid {}
/// # pub struct Cube;
/// # impl ISolid for Cube {}
/// # #[plugin(ISolid, name = "cube")]
/// # pub static CUBE: Cube = Cube;
/// # }
/// # use demo::*;
/// # fn main() {
/// let catalog = plugin_core::catalog().of_interface("ISolid");
/// assert_eq!(catalog.plugins()[0].name(), "cube");
/// println!("{catalog}");
/// # }
/// ```
///
/// The plugins of packages that plugin-loader's `Package::install` has made the program's are among them, and no library is
/// loaded for it.
///
/// It walks all slots and allocates; nothing is kept for the next call.
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

/// What is in this program; see [`catalog()`].
///
/// Its [`Display`] is a table for people, as wide as the environment's `COLUMNS`, or as the
/// format's width says: `{catalog:80}`. With the feature `serde` it is written for machines.
#[derive(Clone, Debug)]
pub struct Catalog {
    interfaces: Vec<&'static InterfaceInfo>,
    plugins: Vec<&'static PluginInfo>,
    findings: Vec<Finding>,
}

impl Catalog {
    /// The interfaces, by path, then by version.
    #[must_use]
    pub fn interfaces(&self) -> &[&'static InterfaceInfo] {
        &self.interfaces
    }

    /// The plugins, each once, by id, then by version, file, and line.
    #[must_use]
    pub fn plugins(&self) -> &[&'static PluginInfo] {
        &self.plugins
    }

    /// What is odd.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The packages that contribute plugins or interfaces, each with its version.
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

    /// The part that concerns the interfaces of this name, or of this path.
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

    /// The part that the packages of this name contribute.
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
