//! Selects the newest of several versions of a plugin.

use std::collections::HashMap;

use plugin_core::__private::dropin::interfaces;
use plugin_core::{IPlugin, Interface as _};
use semver::Version;

use super::standing::{File, Host, Standing};
use super::view::Loads;
use crate::library::manifest::{Offer, Offered};
use crate::library::refusal::Refusal;

/// The indexes of the libraries that a newer version replaces, with the reasons.
pub(super) fn superseded(files: &[File], host: &Host, loaded: &dyn Loads) -> Vec<(usize, Refusal)> {
    let mut superseded = Vec::new();
    for mut libraries in packages(files, host) {
        libraries.sort();
        while let Some((newest, index)) = libraries.pop() {
            if loaded.has_failed(&files[index]) {
                continue;
            }
            let plugins = plugins(&files[index]);
            libraries.retain(|(version, other)| {
                let is_superseded = version < &newest && replace(&plugins, &files[*other]);
                if is_superseded {
                    let refusal = Refusal::Superseded {
                        version: version.to_string(),
                        by: files[index].path.clone(),
                        newest: newest.to_string(),
                    };
                    superseded.push((*other, refusal));
                }
                !is_superseded
            });
        }
    }
    superseded
}

/// The libraries of each package that has several versions.
fn packages(files: &[File], host: &Host) -> Vec<Vec<(Version, usize)>> {
    let mut packages: HashMap<_, Vec<_>> = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        if let Standing::Offers(json) = &file.standing {
            if let Some((package, version)) = host.release(json) {
                packages.entry(package).or_default().push((version, index));
            }
        }
    }
    let mut packages: Vec<_> = packages.into_values().collect();
    packages.retain(|libraries| libraries.iter().any(|library| library.0 != libraries[0].0));
    packages
}

fn plugins(file: &File) -> Vec<Offer> {
    file.standing
        .manifest()
        .map_or(Vec::new(), |manifest| manifest.plugins)
}

/// Whether newer plugins replace those of a library.
fn replace(newer: &[Offer], older: &File) -> bool {
    let older = plugins(older);
    let mut pairs = newer
        .iter()
        .flat_map(|newer| older.iter().map(move |older| (newer, older)));
    pairs.any(|(newer, older)| newer.id == older.id && is_as_useful(newer, older))
}

/// Whether this program can use the newer plugin, unless it cannot use the older one either: a plugin may be upgraded before its
/// host.
fn is_as_useful(newer: &Offer, older: &Offer) -> bool {
    let fits = newer
        .interfaces
        .iter()
        .all(|offered| offered.check().is_ok());
    fits && (is_useful(newer) || !is_useful(older))
}

/// Whether the program has one of the interfaces, other than the root interface, which every plugin provides.
fn is_useful(offer: &Offer) -> bool {
    let has = |offered: &Offered| interfaces().any(|(_, crossed)| crossed.token == offered.token);
    let mut offered = offer.interfaces.iter();
    offered.any(|offered| offered.path != <dyn IPlugin>::INFO.path() && has(offered))
}
