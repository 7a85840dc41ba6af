//! Why an interface of a library is not the program's interface of that name.

use plugin_core::__private::dropin::{self, Crossed, interfaces};
use plugin_core::InterfaceInfo;

use super::manifest::{Offered, Reached};
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
        let mut other_form = None;
        for (info, crossed) in interfaces().filter(|(info, _)| info.path() == self.path) {
            if crossed.token == self.token {
                return Ok(());
            }
            // Of two versions that the program has, the library's own says more.
            if other_form.is_none() || info.version() == self.version {
                other_form = Some((info, crossed));
            }
        }
        match other_form {
            None => Ok(()),
            Some((info, _)) if info.version() != self.version => Err(Refusal::InterfaceVersion {
                interface: self.path.clone(),
                library: self.version.clone(),
                host: info.version().to_owned(),
            }),
            Some((info, crossed)) => Err(Refusal::InterfaceChanged {
                interface: self.path.clone(),
                difference: difference(self, info, crossed),
            }),
        }
    }
}

/// The first difference that the signatures of the members show, or else the types behind them.
fn difference(library: &Offered, host: &InterfaceInfo, crossed: Crossed) -> String {
    of_members(&library.members, host)
        .or_else(|| of_types(&library.reached, crossed))
        .unwrap_or_else(|| "what it extends is not".to_owned())
}

fn of_members(library: &[String], host: &InterfaceInfo) -> Option<String> {
    let host: Vec<&str> = host
        .members()
        .iter()
        .map(plugin_core::Member::signature)
        .collect();
    let library: Vec<&str> = library.iter().map(String::as_str).collect();
    let only = |left: &[&str], right: &[&str]| -> Option<String> {
        let mut only = left.iter().filter(|member| !right.contains(member));
        only.next().map(|member| (*member).to_owned())
    };
    match (only(&library, &host), only(&host, &library)) {
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
            let mut both = library.iter().zip(&host);
            let (library, host) = both.find(|(library, host)| library != host)?;
            Some(format!(
                "where there is `{library}` in the library, there is `{host}` in this program"
            ))
        }
    }
}

/// The first type that is another one. The interface itself comes first, and says the least.
fn of_types(library: &[Reached], host: Crossed) -> Option<String> {
    let (itself, types) = library.split_first()?;
    let mut others = types.iter().chain([itself]).filter(|reached| {
        let is_same = |own: &&dropin::Reached| own.name == reached.name && own.form == reached.form;
        !host.reached.iter().any(|own| is_same(&own))
    });
    let other = others.next()?;
    let name = &other.name;
    let own: Vec<_> = host
        .reached
        .iter()
        .filter(|own| own.name == *name)
        .collect();
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
