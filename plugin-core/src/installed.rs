//! The packages that a program has made its own: `find` asks them for what is not linked in.

// What is public here is for plugin-loader.
#![allow(missing_docs)]

use core::any::{Any, TypeId};
use core::ptr;
use std::boxed::Box;
use std::collections::{BTreeSet, HashMap};
use std::string::String;
use std::sync::{Mutex, PoisonError, RwLock};
use std::vec::Vec;

use crate::{FindError, Interface, InterfaceInfo, Plugin, PluginInfo};

/// Not public API. Implemented by plugin-loader.
///
/// What an installed package answers about one interface.
pub trait Installed: Send + Sync + 'static {
    /// The plugins that have this name; if there are none, this id. Libraries that have one are loaded.
    fn named(&self, interface: &'static InterfaceInfo, name: &str) -> Vec<&'static PluginInfo>;

    /// What libraries offer; none is loaded.
    fn offered(&self, interface: &'static InterfaceInfo) -> Vec<Offered>;

    /// Which files are not used, and why: a line each.
    fn unused(&self) -> Vec<String>;
}

/// A plugin that a library offers.
pub struct Offered {
    pub(crate) name: &'static str,
    #[cfg_attr(
        not(any(feature = "clap", feature = "schema")),
        expect(dead_code, reason = "read where there is help")
    )]
    pub(crate) docs: &'static str,
}

impl Offered {
    /// Both texts are kept for good, one of each.
    #[must_use]
    pub fn new(name: &str, docs: &str) -> Self {
        Self {
            name: kept(name),
            docs: kept(docs),
        }
    }

    /// The first line of the docs, if there are any.
    #[cfg(feature = "clap")]
    pub(crate) fn summary(&self) -> Option<&'static str> {
        self.docs.lines().next()
    }
}

static PACKAGES: RwLock<Vec<&'static dyn Installed>> = RwLock::new(Vec::new());

/// From now on, the package's plugins are the program's.
pub fn install(package: &'static dyn Installed) {
    let mut packages = PACKAGES.write().unwrap_or_else(PoisonError::into_inner);
    packages.push(package);
}

/// In the order in which they were installed. Nothing is locked while one of them answers.
fn packages() -> Vec<&'static dyn Installed> {
    let packages = PACKAGES.read().unwrap_or_else(PoisonError::into_inner);
    packages.clone()
}

/// The plugin of a package that has this name, or this id.
#[cold]
pub(crate) fn find<I: ?Sized + Interface>(name: &str) -> Result<&'static Plugin<I>, FindError> {
    let mut found: Vec<&'static PluginInfo> = Vec::new();
    for package in packages() {
        for info in package.named(I::INFO, name) {
            // Two packages may have one directory.
            if !found.iter().any(|other| ptr::eq(*other, info)) {
                found.push(info);
            }
        }
    }
    let plugin = match found[..] {
        [info] => as_plugin(info),
        [] => None,
        _ => return Err(FindError::ambiguous(name, I::INFO, &found)),
    };
    plugin.ok_or_else(|| FindError::not_found(name, I::INFO))
}

/// The same one at each call, as those that are linked in.
fn as_plugin<I: ?Sized + Interface>(info: &'static PluginInfo) -> Option<&'static Plugin<I>> {
    type Plugins = HashMap<(usize, TypeId), &'static (dyn Any + Send + Sync)>;
    static PLUGINS: Mutex<Option<Plugins>> = Mutex::new(None);

    let plugin: Plugin<I> = info.query()?;
    let mut plugins = PLUGINS.lock().unwrap_or_else(PoisonError::into_inner);
    let plugins = plugins.get_or_insert_default();
    let key = (ptr::from_ref(info).addr(), TypeId::of::<I>());
    let kept = plugins
        .entry(key)
        .or_insert_with(|| Box::leak(Box::new(plugin)));
    kept.downcast_ref()
}

/// What all packages offer of the interface.
pub(crate) fn offered(interface: &'static InterfaceInfo) -> Vec<Offered> {
    let packages = packages().into_iter();
    packages
        .flat_map(|package| package.offered(interface))
        .collect()
}

/// The names of what is offered.
pub(crate) fn names(interface: &'static InterfaceInfo) -> Vec<&'static str> {
    let offered = offered(interface).into_iter();
    offered.map(|offered| offered.name).collect()
}

/// The text for good.
fn kept(text: &str) -> &'static str {
    static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = texts.get(text) {
        return text;
    }
    let text = String::leak(text.into());
    texts.insert(text);
    text
}

/// Which files of packages are not used, and why.
pub(crate) fn unused() -> Vec<String> {
    let packages = packages().into_iter();
    packages.flat_map(Installed::unused).collect()
}
