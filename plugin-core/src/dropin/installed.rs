//! The packages of drop-ins that a program has installed: `find` asks them for plugins that are not linked in.

// What is public here is for plugin-loader.
#![allow(missing_docs)]

use core::any::{Any, TypeId};
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::boxed::Box;
use std::collections::HashMap;
use std::string::String;
use std::sync::{Mutex, PoisonError, RwLock};
use std::vec::Vec;

use crate::{FindError, Interface, InterfaceInfo, OnlyError, Plugin, PluginInfo};

/// Not public API. Implemented by plugin-loader.
///
/// What an installed package answers.
#[doc(hidden)]
pub trait Installed: Send + Sync + 'static {
    /// The plugins of the interface that have this name; if there are none, this id. Libraries that have one are
    /// loaded.
    fn named(&self, interface: &'static InterfaceInfo, name: &str) -> Vec<&'static PluginInfo>;

    /// All plugins that libraries offer. None is loaded for it, and a plugin of a library that is not has no object.
    fn plugins(&self) -> Vec<&'static PluginInfo>;

    /// Which files are not used, and why: a line each.
    fn unused(&self) -> Vec<String>;
}

static PACKAGES: RwLock<Vec<&'static dyn Installed>> = RwLock::new(Vec::new());

/// Whether there is any package.
static SOME: AtomicBool = AtomicBool::new(false);

/// From now on, the package's plugins are the program's.
pub fn install(package: &'static dyn Installed) {
    let mut packages = PACKAGES.write().unwrap_or_else(PoisonError::into_inner);
    packages.push(package);
    SOME.store(true, Ordering::Release);
}

/// Whether there is any package to ask.
pub(crate) fn is_any() -> bool {
    SOME.load(Ordering::Acquire)
}

/// In the order in which they were installed. Nothing is locked while one of them answers.
fn packages() -> Vec<&'static dyn Installed> {
    let packages = PACKAGES.read().unwrap_or_else(PoisonError::into_inner);
    packages.clone()
}

/// Each once: two packages may have one directory.
fn each_once(
    plugins: impl Fn(&'static dyn Installed) -> Vec<&'static PluginInfo>,
) -> Vec<&'static PluginInfo> {
    let mut each: Vec<&'static PluginInfo> = Vec::new();
    for info in packages().into_iter().flat_map(plugins) {
        if !each.iter().any(|other| ptr::eq(*other, info)) {
            each.push(info);
        }
    }
    each
}

/// The plugin of a package that has this name, or this id.
#[cold]
pub(crate) fn find<I: ?Sized + Interface>(name: &str) -> Result<&'static Plugin<I>, FindError> {
    let found = each_once(|package| package.named(I::INFO, name));
    let plugin = match found[..] {
        [info] => as_plugin(info),
        [] => None,
        _ => return Err(FindError::ambiguous(name, I::INFO, &found)),
    };
    plugin.ok_or_else(|| FindError::not_found(name, I::INFO))
}

/// The one plugin of the highest priority, of the program and of packages.
#[cold]
pub(crate) fn only<I: ?Sized + Interface>() -> Result<&'static Plugin<I>, OnlyError> {
    let mut plugins: Vec<_> = I::plugins().iter().map(|plugin| plugin.info).collect();
    plugins.extend(offered(I::INFO));
    let highest = plugins.iter().map(|info| info.priority()).max();
    let mut first = plugins
        .iter()
        .filter(|info| Some(info.priority()) == highest);
    let info = match (first.next(), first.next()) {
        (None, _) => return Err(OnlyError::none(I::INFO)),
        (Some(_), Some(_)) => return Err(OnlyError::tie(I::INFO, &plugins)),
        (Some(info), None) => *info,
    };
    let mut linked = I::plugins().iter();
    match linked.find(|plugin| ptr::eq(plugin.info, info)) {
        Some(plugin) => Ok(plugin),
        None => find(info.id()).map_err(|_| OnlyError::none(I::INFO)),
    }
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

/// All plugins of packages.
pub(crate) fn plugins() -> Vec<&'static PluginInfo> {
    each_once(Installed::plugins)
}

/// Has the libraries loaded that have such a plugin: one that cannot be loaded offers none from then on.
pub(crate) fn load(is_wanted: impl Fn(&PluginInfo) -> bool) {
    for info in plugins().into_iter().filter(|info| is_wanted(info)) {
        for interface in info.interfaces().iter().take(1) {
            for package in packages() {
                _ = package.named(interface, info.id());
            }
        }
    }
}

/// Those of one interface.
pub(crate) fn offered(interface: &'static InterfaceInfo) -> Vec<&'static PluginInfo> {
    let mut plugins = plugins();
    plugins.retain(|info| info.interfaces().contains(&interface));
    plugins
}

/// Which files of packages are not used, and why.
pub(crate) fn unused() -> Vec<String> {
    let packages = packages().into_iter();
    packages.flat_map(Installed::unused).collect()
}
