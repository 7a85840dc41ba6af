//! The errors of lookups.

use core::error::Error;
use core::fmt::{self, Debug, Display};
use core::str;
use std::boxed::Box;
use std::vec::Vec;

use super::words::{Missing, Several, those_called, write_notes};
use crate::catalog::hidden_from;
use crate::{InterfaceInfo, PluginInfo, backend, dropin::installed, interfaces, order};

/// The error of [`Slot::find`](crate::Slot::find).
///
/// Its message says what is wrong, and lists the names that exist:
///
/// ```
/// use plugin_core::{interface, plugin, slot};
///
/// #[interface]
/// pub trait ICodec {}
///
/// #[plugin(ICodec, name = "zip")]
/// struct Zip;
///
/// impl ICodec for Zip {}
///
/// fn main() {
///     let error = slot::<dyn ICodec>().find("zap").unwrap_err();
///     assert_eq!(
///         error.to_string(),
///         "`ICodec` has no plugin `zap`; did you mean `zip`?\nthere is: zip"
///     );
/// }
/// ```
///
/// If the interface has a [`noun`](InterfaceInfo::noun), the message uses it: ``unknown codec `zap` ``.
/// `{error:#}` is the message on one line, for formats that add the place of the name. `Debug` is the same as
/// `Display`, for a `main` that returns a `Result`.
///
/// It allocates only if the name is longer than 22 bytes, or if several plugins have the name.
pub enum FindError {
    /// No plugin of the interface has the name, or the id.
    NotFound(NotFound),
    /// Several plugins of the interface have the name, or the id.
    Ambiguous(Box<Ambiguous>),
}

impl FindError {
    #[inline]
    pub(crate) fn not_found(name: &str, interface: &'static InterfaceInfo) -> Self {
        Self::NotFound(NotFound {
            name: Name::new(name),
            interface,
        })
    }

    #[cold]
    pub(crate) fn ambiguous(
        name: &str,
        interface: &'static InterfaceInfo,
        plugins: &[&'static PluginInfo],
    ) -> Self {
        let candidates = those_called(name, plugins);
        Self::Ambiguous(Box::new(Ambiguous {
            name: name.into(),
            interface,
            candidates: order::by_rank(&candidates, |info| info).into(),
        }))
    }
}

impl Display for FindError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(error) => Display::fmt(error, formatter),
            Self::Ambiguous(error) => Display::fmt(error, formatter),
        }
    }
}

impl Error for FindError {}

/// The error if no plugin of the interface has the name or the id.
///
/// It stores only the name and the interface. Its methods and its message look up the rest when they are called.
pub struct NotFound {
    name: Name,
    interface: &'static InterfaceInfo,
}

/// A text that needs no memory of its own where it is short.
#[derive(Clone)]
enum Name {
    /// The bytes, and how many of them there are.
    Short([u8; Name::SHORT], u8),
    Long(Box<str>),
}

impl Name {
    const SHORT: usize = 22;

    #[inline]
    fn new(name: &str) -> Self {
        let mut bytes = [0; Self::SHORT];
        match (bytes.get_mut(..name.len()), u8::try_from(name.len())) {
            (Some(start), Ok(len)) => {
                start.copy_from_slice(name.as_bytes());
                Self::Short(bytes, len)
            }
            _ => Self::Long(name.into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short(bytes, len) => {
                str::from_utf8(&bytes[..usize::from(*len)]).expect("it was a text")
            }
            Self::Long(name) => name,
        }
    }
}

impl NotFound {
    /// The text that was passed to the lookup.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The interface whose plugins were searched.
    #[must_use]
    pub fn interface(&self) -> &'static InterfaceInfo {
        self.interface
    }

    /// The names of the interface's plugins, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let linked = interfaces::plugins_of(self.interface);
        let dropped_in = installed::offered(self.interface);
        order::texts(linked.chain(dropped_in).map(PluginInfo::name))
    }

    /// The most similar name, if one is similar enough to be a suggestion.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        self.missing(&self.names()).nearest()
    }

    /// The other interfaces that have a plugin of this name or id, sorted by path.
    #[must_use]
    pub fn elsewhere(&self) -> Vec<&'static InterfaceInfo> {
        self.missing(&[]).elsewhere()
    }

    fn missing<'a>(&'a self, names: &'a [&'static str]) -> Missing<'a> {
        Missing {
            name: self.name(),
            interface: self.interface,
            names,
            question: "does the program link a crate that has one?",
        }
    }
}

impl Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.missing(&self.names()), formatter)?;
        if formatter.alternate() {
            return Ok(());
        }
        let unused = installed::unused();
        let mut unused = unused.iter();
        unused.try_for_each(|unused| write!(formatter, "\nnot used: {unused}"))
    }
}

impl Error for NotFound {}

/// The error if several plugins of the interface have the name or the id.
///
/// Its message lists them, each with the text that finds it; see [`Slot::text_of`](crate::Slot::text_of).
pub struct Ambiguous {
    name: Box<str>,
    interface: &'static InterfaceInfo,
    candidates: Box<[&'static PluginInfo]>,
}

impl Ambiguous {
    /// The text that was passed to the lookup.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The interface whose plugins were searched.
    #[must_use]
    pub fn interface(&self) -> &'static InterfaceInfo {
        self.interface
    }

    /// The plugins that have the name or the id, in the order of [`Slot::sorted`](crate::Slot::sorted).
    #[must_use]
    pub fn candidates(&self) -> &[&'static PluginInfo] {
        &self.candidates
    }
}

impl Display for Ambiguous {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, interface) = (self.name(), self.interface);
        let candidates = self.candidates.iter();
        let candidates: Vec<_> = candidates
            .map(|info| (*info, interfaces::text_of(interface, info)))
            .collect();
        let several = Several {
            name,
            interface,
            candidates: &candidates,
        };
        Display::fmt(&several, formatter)
    }
}

impl Error for Ambiguous {}

/// The error of [`Slot::only`](crate::Slot::only).
///
/// `Debug` is the same as `Display`, for a `main` that returns a `Result`.
pub enum OnlyError {
    /// The interface has no plugin.
    NotFound(&'static InterfaceInfo),
    /// Several plugins share the highest priority.
    Ambiguous(Box<Tie>),
}

impl OnlyError {
    #[cold]
    pub(crate) fn none(interface: &'static InterfaceInfo) -> Self {
        backend::found_nothing(interface);
        Self::NotFound(interface)
    }

    #[cold]
    pub(crate) fn tie(interface: &'static InterfaceInfo, plugins: &[&'static PluginInfo]) -> Self {
        let sorted = order::by_rank(plugins, |info| info);
        let highest = sorted[0].priority();
        let tied = sorted.iter().copied();
        Self::Ambiguous(Box::new(Tie {
            interface,
            candidates: tied.take_while(|info| info.priority() == highest).collect(),
        }))
    }
}

impl Display for OnlyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(interface) => {
                let notes = hidden_from(interface);
                let name = interface.name();
                match interface.noun() {
                    Some(noun) => write!(formatter, "one {noun} is needed, and there is none")?,
                    None => write!(formatter, "`{name}` has no plugin, and one is needed")?,
                }
                if interface.noun().is_none() && notes.is_empty() {
                    write!(
                        formatter,
                        "\ndeclare one, `#[plugin({name})] static …`, or link in a crate that has one"
                    )?;
                }
                write_notes(&notes, formatter)
            }
            Self::Ambiguous(tie) => Display::fmt(tie, formatter),
        }
    }
}

impl Error for OnlyError {}

/// The error if one plugin is needed, and several have the highest priority.
pub struct Tie {
    interface: &'static InterfaceInfo,
    candidates: Box<[&'static PluginInfo]>,
}

impl Tie {
    /// The interface of the plugins.
    #[must_use]
    pub fn interface(&self) -> &'static InterfaceInfo {
        self.interface
    }

    /// The plugins of the highest priority, in the order of [`Slot::sorted`](crate::Slot::sorted).
    #[must_use]
    pub fn candidates(&self) -> &[&'static PluginInfo] {
        &self.candidates
    }
}

impl Display for Tie {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, priority) = (self.candidates.len(), self.candidates[0].priority());
        match self.interface.noun() {
            Some(noun) => write!(
                formatter,
                "one {noun} is needed, and {count} have priority {priority}:"
            )?,
            None => write!(
                formatter,
                "`{}` has {count} plugins of priority {priority}, and one is needed; \
                 give one of them a higher `priority` than the others",
                self.interface.name()
            )?,
        }
        candidates(self.interface, &self.candidates, formatter)
    }
}

impl Error for Tie {}

macro_rules! debug_as_display {
    ($($error:ident)*) => {
        $(
            /// The same as `Display`, since a `main` that returns a `Result` prints its error with `Debug`.
            impl Debug for $error {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    Display::fmt(self, formatter)
                }
            }
        )*
    };
}

debug_as_display! { FindError NotFound Ambiguous OnlyError Tie }

/// A line for each plugin: the text that finds it, and where it is from.
pub(crate) fn candidates(
    interface: &'static InterfaceInfo,
    plugins: &[&'static PluginInfo],
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for info in plugins {
        let text = interfaces::text_of(interface, info);
        write!(formatter, "\n  {text} ({})", info.origin())?;
    }
    Ok(())
}
