//! Explains how an interface of a library differs from the program's interface of the same name.

use plugin_core::__private::dropin::interfaces;
use plugin_core::{IPlugin, Interface as _};

use super::manifest::{Manifest, Offered, Reached};
use super::refusal::Refusal;

impl Offered {
    /// Checks that this program can use the interface, if the program has an interface of this name.
    ///
    /// An interface that the program does not have passes the check: the program never asks for it.
    ///
    /// # Errors
    ///
    /// Returns [`Refusal::InterfaceVersion`] or [`Refusal::InterfaceChanged`] if the program has the interface, but not in
    /// this form.
    pub fn check(&self) -> Result<(), Refusal> {
        let own = || interfaces().filter(|(info, _)| info.path() == self.path);
        if own().any(|(_, crossed)| crossed.token == self.token) {
            return Ok(());
        }
        let own = own().filter_map(|(_, crossed)| Self::of_record(crossed.record).ok());
        self.check_for(&own.collect::<Vec<_>>())
    }

    /// Checks the interface as [`check`](Self::check) does, for a program with these interfaces.
    pub(crate) fn check_for(&self, own: &[Self]) -> Result<(), Refusal> {
        let forms = || own.iter().filter(|own| own.path == self.path);
        if forms().any(|own| own.token == self.token) {
            return Ok(());
        }
        // If the program has several versions, a difference from the library's own version explains more.
        let same_version = forms().find(|own| own.version == self.version);
        match same_version.or_else(|| forms().next()) {
            None => Ok(()),
            Some(own) if own.version != self.version => Err(Refusal::InterfaceVersion {
                interface: self.path.clone(),
                library: self.version.clone(),
                host: own.version.clone(),
            }),
            Some(own) => Err(Refusal::InterfaceChanged {
                interface: self.path.clone(),
                difference: difference(self, own),
            }),
        }
    }
}

impl Manifest {
    /// Checks that a program can use at least one plugin; `is_known` says whether the program has an interface of that path.
    pub(crate) fn check_use(&self, is_known: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        if self.plugins.is_empty() {
            return Err(Refusal::NoPlugins);
        }
        // Every plugin provides the root interface, so it does not show that the program can use the plugin.
        let offered = self.plugins.iter().flat_map(|offer| &offer.interfaces);
        let mut paths = offered
            .map(|offered| &*offered.path)
            .filter(|path| *path != <dyn IPlugin>::INFO.path())
            .peekable();
        let Some(first) = paths.peek() else {
            return Ok(());
        };
        let interface = (*first).to_owned();
        if paths.any(is_known) {
            Ok(())
        } else {
            Err(Refusal::UnknownInterface { interface })
        }
    }
}

/// The first difference between the signatures of the members, or else between the types that they use.
fn difference(library: &Offered, host: &Offered) -> String {
    of_members(&library.members, &host.members)
        .or_else(|| of_types(&library.reached, &host.reached))
        .unwrap_or_else(|| "its supertraits differ".to_owned())
}

fn of_members(library: &[String], host: &[String]) -> Option<String> {
    let only = |left: &[String], right: &[String]| {
        let mut only = left.iter().filter(|member| !right.contains(member));
        only.next().cloned()
    };
    match (only(library, host), only(host, library)) {
        (Some(library), Some(host)) => Some(format!(
            "the library has `{library}`, and this program has `{host}`"
        )),
        (Some(library), None) => Some(format!(
            "the library has `{library}`, and this program does not"
        )),
        (None, Some(host)) => Some(format!(
            "this program has `{host}`, and the library does not"
        )),
        (None, None) => {
            let mut both = library.iter().zip(host);
            let (library, host) = both.find(|(library, host)| library != host)?;
            Some(format!(
                "where the library has `{library}`, this program has `{host}`"
            ))
        }
    }
}

/// The first type that differs. The interface itself is tried last, since it explains the least.
fn of_types(library: &[Reached], host: &[Reached]) -> Option<String> {
    let (itself, types) = library.split_first()?;
    let mut others = types.iter().chain([itself]).filter(|reached| {
        let is_same = |own: &&Reached| own.name == reached.name && own.form == reached.form;
        !host.iter().any(|own| is_same(&own))
    });
    let other = others.next()?;
    let name = &other.name;
    let own: Vec<_> = host.iter().filter(|own| own.name == *name).collect();
    // Two crates of one name may both have the type.
    let same = own.iter().find(|own| own.origin == other.origin);
    Some(match (same, own.first()) {
        (None, Some(own)) => format!(
            "`{name}` differs: {} in the library, and {} in this program",
            other.origin, own.origin
        ),
        (Some(_), _) => format!(
            "`{name}` ({}) is a different type in the library",
            other.origin
        ),
        (None, None) => format!(
            "its types use `{name}` ({}) in the library, and not in this program",
            other.origin
        ),
    })
}
