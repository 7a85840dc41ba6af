//! The errors of reading parameters, and how they name the place.

use core::error::Error;
use core::fmt::{self, Debug, Display};
use std::boxed::Box;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::de;

use crate::find::{Quoted, nearest};
use crate::{InterfaceInfo, PluginInfo};

/// Not public API. Used by generated code.
///
/// Why a plugin could not be made of its parameters. `None` if the format has an error of its own, which the
/// bridge keeps.
pub struct Fault(Option<Box<Kind>>);

enum Kind {
    /// What it is, a field or a variant; its name, and those that are known.
    Unknown(&'static str, String, &'static [&'static str]),
    Missing(&'static str),
    Duplicate(&'static str),
    Other(String),
}

impl Fault {
    pub(super) const KEPT: Self = Self(None);

    fn of(kind: Kind) -> Self {
        Self(Some(Box::new(kind)))
    }

    /// The format's error: the one that is kept, or else a new one that says what this is about.
    pub(super) fn into_error<E: de::Error>(self, kept: Option<E>, at: At<'_>) -> E {
        match (self.0, kept) {
            (None, Some(error)) => error,
            (None, None) => E::custom(format_args!("the value is refused, {at}")),
            (Some(kind), _) => E::custom(Told(&kind, at)),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = &self.0 else {
            return formatter.write_str("the format has refused it");
        };
        match &**kind {
            Kind::Unknown(what, name, known) => {
                let name = Quoted(name);
                write!(
                    formatter,
                    "unknown {what} `{name}`{}",
                    Instead(&name, known)
                )
            }
            Kind::Missing(name) => write!(formatter, "missing field `{name}`"),
            Kind::Duplicate(name) => write!(formatter, "duplicate field `{name}`"),
            Kind::Other(message) => formatter.write_str(message),
        }
    }
}

impl Debug for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, formatter)
    }
}

impl Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::of(Kind::Other(message.to_string()))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::of(Kind::Unknown("variant", variant.into(), expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::of(Kind::Unknown("field", field.into(), expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(Kind::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::of(Kind::Duplicate(field))
    }
}

/// What somebody has written, and what could be there instead.
struct Instead<'a>(&'a Quoted<'a>, &'static [&'static str]);

impl Display for Instead<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nearest) = nearest(self.0.0, self.1.iter().copied()) {
            return write!(formatter, "; did you mean `{nearest}`?");
        }
        match self.1 {
            [] => Ok(()),
            [only] => write!(formatter, ", expected `{only}`"),
            several => {
                let several: Vec<_> = several.iter().map(|name| format!("`{name}`")).collect();
                write!(formatter, ", expected one of {}", several.join(", "))
            }
        }
    }
}

/// Where the bridge is: in which parameter of which plugin.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) interface: &'static InterfaceInfo,
    /// `None` before the name is known.
    pub(super) plugin: Option<&'static PluginInfo>,
    pub(super) parameter: Option<&'a str>,
}

impl At<'_> {
    /// As in ``filter `blur` (filters 0.1.0)``.
    fn plugin(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.interface.noun().unwrap_or("plugin");
        let Some(plugin) = self.plugin else {
            return write!(formatter, "the {noun}");
        };
        let (name, package, version) = (plugin.name(), plugin.package(), plugin.version());
        write!(formatter, "{noun} `{name}` ({package} {version})")
    }
}

/// As in ``in `radius` of filter `blur` (filters 0.1.0)``.
impl Display for At<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("in ")?;
        if let Some(parameter) = self.parameter {
            write!(formatter, "`{}` of ", Quoted(parameter))?;
        }
        self.plugin(formatter)
    }
}

/// A fault, and where it is.
struct Told<'a>(&'a Kind, At<'a>);

impl Display for Told<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(kind, at) = self;
        match (kind, at.parameter) {
            (Kind::Unknown("field", name, []), None) => {
                let name = Quoted(name);
                at.plugin(formatter)?;
                write!(formatter, " takes no parameters, and `{name}` is given")
            }
            (Kind::Unknown("field", name, known), None) => {
                let name = Quoted(name);
                write!(formatter, "unknown parameter `{name}` of ")?;
                at.plugin(formatter)?;
                Display::fmt(&Instead(&name, known), formatter)
            }
            (Kind::Unknown(what, name, known), _) => {
                let name = Quoted(name);
                let instead = Instead(&name, known);
                write!(formatter, "unknown {what} `{name}` {at}{instead}")
            }
            (Kind::Missing(name), None) => {
                write!(formatter, "missing parameter `{name}` of ")?;
                at.plugin(formatter)
            }
            (Kind::Missing(name), Some(_)) => write!(formatter, "missing field `{name}` {at}"),
            (Kind::Duplicate(name), None) => {
                write!(formatter, "parameter `{name}` is given twice to ")?;
                at.plugin(formatter)
            }
            (Kind::Duplicate(name), Some(_)) => write!(formatter, "duplicate field `{name}` {at}"),
            (Kind::Other(message), _) => write!(formatter, "{message}, {at}"),
        }
    }
}
