//! Why an interface of a library is not the program's interface of that name.

use plugin_core::__private::dropin::interfaces;
use plugin_core::{IPlugin, Interface as _};

use super::manifest::{Manifest, Offered, Reached};
use super::refusal::Refusal;

impl Offered {
    /// Whether this program can use what is offered, as far as it has the interface: one of
    /// another name is of no use to it, and does no harm.
    ///
    /// # Errors
    ///
    /// [`Refusal::InterfaceVersion`] or [`Refusal::InterfaceChanged`], where the program has the
    /// interface in other forms only.
    pub fn check(&self) -> Result<(), Refusal> {
        let own = || interfaces().filter(|(info, _)| info.path() == self.path);
        if own().any(|(_, crossed)| crossed.token == self.token) {
            return Ok(());
        }
        let own = own().filter_map(|(_, crossed)| Self::of_record(crossed.record).ok());
        self.check_for(&own.collect::<Vec<_>>())
    }

    /// As [`check`](Self::check), for a program that has these interfaces.
    pub(crate) fn check_for(&self, own: &[Self]) -> Result<(), Refusal> {
        let forms = || own.iter().filter(|own| own.path == self.path);
        if forms().any(|own| own.token == self.token) {
            return Ok(());
        }
        // Of two versions that the program has, the library's own says more.
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
    /// Why a program has no use for the library at all, if it knows the interfaces with these paths.
    pub(crate) fn check_use(&self, is_known: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        if self.plugins.is_empty() {
            return Err(Refusal::NoPlugins);
        }
        // Every plugin provides the root interface, so that it says nothing of what a plugin is for.
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

/// The first difference that the signatures of the members show, or else the types behind them.
fn difference(library: &Offered, host: &Offered) -> String {
    of_members(&library.members, &host.members)
        .or_else(|| of_types(&library.reached, &host.reached))
        .unwrap_or_else(|| "what it extends is not".to_owned())
}

fn of_members(library: &[String], host: &[String]) -> Option<String> {
    let only = |left: &[String], right: &[String]| {
        let mut only = left.iter().filter(|member| !right.contains(member));
        only.next().cloned()
    };
    match (only(library, host), only(host, library)) {
        (Some(library), Some(host)) => Some(format!(
            "there is `{library}` in the library, and `{host}` in this program"
        )),
        (Some(library), None) => Some(format!(
            "there is `{library}` in the library, and not in this program"
        )),
        (None, Some(host)) => Some(format!(
            "there is `{host}` in this program, and not in the library"
        )),
        (None, None) => {
            let mut both = library.iter().zip(host);
            let (library, host) = both.find(|(library, host)| library != host)?;
            Some(format!(
                "where there is `{library}` in the library, there is `{host}` in this program"
            ))
        }
    }
}

/// The first type that is another one. The interface itself comes first, and says the least.
fn of_types(library: &[Reached], host: &[Reached]) -> Option<String> {
    let (itself, types) = library.split_first()?;
    let mut others = types.iter().chain([itself]).filter(|reached| {
        let is_same = |own: &&Reached| own.name == reached.name && own.form == reached.form;
        !host.iter().any(|own| is_same(&own))
    });
    let other = others.next()?;
    let name = &other.name;
    let own: Vec<_> = host.iter().filter(|own| own.name == *name).collect();
    // Of two crates of one name, the same one.
    let same = own.iter().find(|own| own.origin == other.origin);
    Some(match (same, own.first()) {
        (None, Some(own)) => format!(
            "`{name}` is of {} in the library, and of {} in this program",
            other.origin, own.origin
        ),
        (Some(_), _) => format!("`{name}` ({}) is another type in the library", other.origin),
        (None, None) => format!(
            "its types are made with `{name}` ({}) in the library, and not in this program",
            other.origin
        ),
    })
}
