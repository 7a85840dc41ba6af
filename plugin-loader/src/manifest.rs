//! What a library says of itself, read from the bytes of its file.

use crate::Fingerprint;

/// What a library offers, and by whom it was compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// How the library was compiled.
    pub fingerprint: Fingerprint,
    /// The package that the library was built from.
    pub package: String,
    /// The version of that package.
    pub version: String,
    /// The plugins, in the order of the file.
    pub plugins: Vec<Offer>,
}

/// One plugin of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// See `PluginInfo::name`.
    pub name: String,
    /// See `PluginInfo::id`.
    pub id: String,
    /// See `PluginInfo::docs`.
    pub docs: String,
    /// See `PluginInfo::file`.
    pub file: String,
    /// See `PluginInfo::line`.
    pub line: u32,
    /// See `PluginInfo::priority`.
    pub priority: i32,
    /// Keys and values.
    pub tags: Vec<(String, String)>,
    /// The interfaces, in the order in which the plugin lists them.
    pub interfaces: Vec<Offered>,
}

/// One interface of one plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// See `InterfaceInfo::path`.
    pub path: String,
    /// The version of the package that declares the interface.
    pub version: String,
    /// What tells two forms of an interface apart.
    pub token: u128,
}
