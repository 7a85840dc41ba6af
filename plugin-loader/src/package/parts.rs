//! The parts of a library that are not used, although the library can be.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use plugin_core::__private::dropin::{all, linked};
use plugin_core::{InterfaceInfo, PluginInfo};

use crate::library::manifest::{Manifest, Offer, Offered};
use crate::library::refusal::Refusal;

/// What tells one plugin from another, wherever it is: its id, and its package's name and version.
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

/// What is known of the libraries so far, in the order in which they are gone through.
pub(crate) struct Parts {
    /// The paths of the program's interfaces.
    known: HashSet<&'static str>,
    /// Where a plugin is first found as the provider of an interface; nowhere if in the program.
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

    /// Why parts of a library are not used, the same reason once.
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
