//! Why an interface of a library is not the program's interface of that name.

use plugin_core::__private::dropin::interfaces;
use plugin_core::InterfaceInfo;

use super::manifest::Offered;
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
        for (info, token) in interfaces().filter(|(info, _)| info.path() == self.path) {
            if token == self.token {
                return Ok(());
            }
            // Of two versions that the program has, the library's own says more.
            if other_form.is_none() || info.version() == self.version {
                other_form = Some(info);
            }
        }
        match other_form {
            None => Ok(()),
            Some(info) if info.version() != self.version => Err(Refusal::InterfaceVersion {
                interface: self.path.clone(),
                library: self.version.clone(),
                host: info.version().to_owned(),
            }),
            Some(info) => Err(Refusal::InterfaceChanged {
                interface: self.path.clone(),
                difference: difference(&self.members, info),
            }),
        }
    }
}

/// The first difference that the members' signatures show.
fn difference(library: &[String], host: &InterfaceInfo) -> String {
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
        (Some(library), Some(host)) => {
            format!("there is `{library}` in the library, and `{host}` in this program")
        }
        (Some(library), None) => {
            format!("there is `{library}` in the library, and not in this program")
        }
        (None, Some(host)) => {
            format!("there is `{host}` in this program, and not in the library")
        }
        (None, None) if library != host => {
            let mut both = library.iter().zip(&host);
            match both.find(|(library, host)| library != host) {
                Some((library, host)) => format!(
                    "where there is `{library}` in the library, there is `{host}` in this program"
                ),
                None => "a member is there twice".to_owned(),
            }
        }
        (None, None) => "its members read the same, but a type that they mention, or what it \
                         extends, is not"
            .to_owned(),
    }
}
