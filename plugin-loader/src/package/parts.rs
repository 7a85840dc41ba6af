//! The unused parts of libraries that are otherwise used.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use plugin_core::__private::dropin::{all, linked};
use plugin_core::{InterfaceInfo, PluginInfo};

use crate::library::manifest::{Manifest, Offer, Offered};
use crate::library::refusal::Refusal;

/// Identifies a plugin by its id, its package, and the version of the package.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key([String; 3]);

impl Key {
    pub(crate) fn of_info(info: &PluginInfo) -> Self {
        Self([info.id(), info.package(), info.version()].map(str::to_owned))
    }

    pub(crate) fn of_offer(offer: &Offer) -> Self {
        Self([&offer.id, &offer.package, &offer.version].map(String::clone))
    }
}

/// The plugins of the program, and of the libraries so far.
pub(crate) struct Parts {
    /// The paths of the program's interfaces.
    known: HashSet<&'static str>,
    /// The first library with a plugin that provides an interface; `None` for the program.
    first: HashMap<(String, Key), Option<PathBuf>>,
}

impl Parts {
    pub(crate) fn new() -> Self {
        let mut first = HashMap::new();
        for plugin in linked() {
            for interface in plugin.interfaces() {
                first.insert((interface.path().to_owned(), Key::of_info(plugin)), None);
            }
        }
        Self {
            known: all().map(InterfaceInfo::path).collect(),
            first,
        }
    }

    /// The reasons why parts of a library are not used, without repetitions.
    pub(crate) fn refusals(&mut self, path: &Path, manifest: &Manifest) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let is_known = |path: &str| self.known.contains(path);
        refusals.extend(manifest.check_use(is_known).err());
        for offer in &manifest.plugins {
            for offered in &offer.interfaces {
                let refusal = offered.check().err();
                let refusal = refusal.or_else(|| self.duplicate(path, offer, offered));
                refusals.extend(refusal.filter(|refusal| !refusals.contains(refusal)));
            }
        }
        refusals
    }

    fn duplicate(&mut self, path: &Path, offer: &Offer, offered: &Offered) -> Option<Refusal> {
        let key = (offered.path.clone(), Key::of_offer(offer));
        if let Some(of) = self.first.get(&key) {
            return Some(Refusal::Duplicate {
                plugin: offer.id.clone(),
                of: of.clone(),
            });
        }
        self.first.insert(key, Some(path.to_owned()));
        None
    }
}
