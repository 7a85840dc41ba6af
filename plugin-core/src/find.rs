//! Plugins by name: an index that is made on its first use, and what to say when it is no help.

use core::error::Error;
use core::fmt::{self, Debug, Display};
use std::boxed::Box;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::vec::Vec;

use foldhash::fast::FixedState;

use crate::{Interface, InterfaceInfo, Plugin, PluginInfo, interfaces};

/// The plugins of one interface, by name and by id.
pub(crate) struct Index<I: ?Sized + 'static> {
    // The keys are the program's own: nobody can choose them so that they collide.
    plugins: HashMap<&'static str, Named<I>, FixedState>,
}

enum Named<I: ?Sized + 'static> {
    One(&'static Plugin<I>),
    Several(Box<[&'static Plugin<I>]>),
}

impl<I: ?Sized + Interface> Index<I> {
    #[cold]
    pub(crate) fn new(plugins: &'static [Plugin<I>]) -> Self {
        let mut index = HashMap::with_capacity_and_hasher(2 * plugins.len(), FixedState::default());
        let mut insert = |key, plugin: &'static Plugin<I>| match index.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Named::One(plugin));
            }
            Entry::Occupied(mut entry) => {
                let mut named = match entry.get() {
                    // The name is the id.
                    Named::One(other) if core::ptr::eq(*other, plugin) => return,
                    Named::One(other) => Vec::from([*other]),
                    Named::Several(others) => others.to_vec(),
                };
                named.push(plugin);
                entry.insert(Named::Several(named.into()));
            }
        };
        for plugin in plugins {
            insert(plugin.info.name(), plugin);
            insert(plugin.info.id(), plugin);
        }
        Self { plugins: index }
    }

    #[inline]
    pub(crate) fn find(&self, name: &str) -> Result<&'static Plugin<I>, FindError> {
        match self.plugins.get(name) {
            Some(Named::One(plugin)) => Ok(plugin),
            Some(Named::Several(plugins)) => Err(ambiguous(name, plugins)),
            None => Err(FindError::NotFound(Box::new(NotFound::new::<I>(name)))),
        }
    }
}

#[cold]
fn ambiguous<I: ?Sized + Interface>(name: &str, plugins: &[&'static Plugin<I>]) -> FindError {
    let mut candidates: Box<[_]> = plugins.iter().map(|plugin| plugin.info).collect();
    candidates.sort_unstable_by_key(|info| info.rank());
    FindError::Ambiguous(Box::new(Ambiguous {
        name: name.into(),
        interface: I::INFO,
        candidates,
    }))
}

/// Why [`Slot::find`](crate::Slot::find) has no plugin to give.
///
/// Two words in memory. Its `Display` is a sentence, and then a list of what there is.
///
/// ```
/// # mod demo {
/// # use plugin_core::{interface, plugin};
/// # #[interface]
/// # pub trait ICodec {}
/// # pub struct Zip;
/// # impl ICodec for Zip {}
/// # #[plugin(ICodec, name = "zip")]
/// # pub static ZIP: Zip = Zip;
/// # }
/// # use demo::*;
/// # fn main() {
/// let error = plugin_core::slot::<dyn ICodec>().find("zap").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`ICodec` has no plugin `zap`; did you mean `zip`?\nthere is: zip"
/// );
/// # }
/// ```
#[derive(Debug)]
pub enum FindError {
    /// No plugin of the interface has the name, or the id.
    NotFound(Box<NotFound>),
    /// Several plugins of the interface have the name.
    Ambiguous(Box<Ambiguous>),
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

/// No plugin of the interface has the name.
#[derive(Debug)]
pub struct NotFound {
    name: Box<str>,
    interface: &'static InterfaceInfo,
    names: Box<[&'static str]>,
    elsewhere: Box<[&'static InterfaceInfo]>,
}

impl NotFound {
    #[cold]
    fn new<I: ?Sized + Interface>(name: &str) -> Self {
        let mut names: Vec<_> = I::slot()
            .plugins()
            .iter()
            .map(|plugin| plugin.info.name())
            .collect();
        names.sort_unstable();
        names.dedup();
        let has_it = |interface: &&'static InterfaceInfo| {
            let mut plugins = interfaces::plugins_of(interface);
            plugins.any(|info| info.name() == name || info.id() == name)
        };
        let elsewhere = interfaces::all().filter(has_it).collect();
        Self {
            name: name.into(),
            interface: I::INFO,
            names: names.into(),
            elsewhere,
        }
    }

    /// The name that was asked for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The interface whose plugins were searched.
    #[must_use]
    pub fn interface(&self) -> &'static InterfaceInfo {
        self.interface
    }

    /// The names that there are, sorted.
    #[must_use]
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The name that is likely to be meant, if one is near enough.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(&self.name, self.names.iter().copied())
    }

    /// The other interfaces that have a plugin of this name.
    #[must_use]
    pub fn elsewhere(&self) -> &[&'static InterfaceInfo] {
        &self.elsewhere
    }
}

impl Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More names than this are a flood, not a help.
        const SHOWN: usize = 20;

        let interface = self.interface.name();
        // The name is somebody's input: a line break in it stays within the quotes.
        write!(
            formatter,
            "`{interface}` has no plugin `{}`",
            self.name.escape_debug()
        )?;
        if let Some((first, rest)) = self.elsewhere.split_first() {
            write!(formatter, "; it is a plugin of `{}`", first.path())?;
            for interface in rest {
                write!(formatter, " and `{}`", interface.path())?;
            }
        } else if let Some(nearest) = self.nearest() {
            write!(formatter, "; did you mean `{nearest}`?")?;
        }
        let shown = &self.names[..self.names.len().min(SHOWN)];
        match shown {
            [] => write!(
                formatter,
                "\nthere is none: is a crate that has one linked in?"
            )?,
            [only] => write!(formatter, "\nthere is: {only}")?,
            names => write!(formatter, "\nthere are: {}", names.join(", "))?,
        }
        match self.names.len() - shown.len() {
            0 => Ok(()),
            more => write!(formatter, ", and {more} more"),
        }
    }
}

impl Error for NotFound {}

/// Several plugins of the interface have the name.
#[derive(Debug)]
pub struct Ambiguous {
    name: Box<str>,
    interface: &'static InterfaceInfo,
    candidates: Box<[&'static PluginInfo]>,
}

impl Ambiguous {
    /// The name that was asked for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The interface whose plugins were searched.
    #[must_use]
    pub fn interface(&self) -> &'static InterfaceInfo {
        self.interface
    }

    /// The plugins that have the name, in the order of [`Slot::sorted`](crate::Slot::sorted).
    #[must_use]
    pub fn candidates(&self) -> &[&'static PluginInfo] {
        &self.candidates
    }
}

impl Display for Ambiguous {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, interface) = (self.candidates.len(), self.interface.name());
        write!(
            formatter,
            "`{interface}` has {count} plugins `{}`; use the id of one of them",
            self.name
        )?;
        candidates(&self.candidates, formatter)
    }
}

impl Error for Ambiguous {}

/// Why [`Slot::only`](crate::Slot::only) has no plugin to give.
#[derive(Debug)]
pub enum OnlyError {
    /// The interface has no plugin.
    NotFound(&'static InterfaceInfo),
    /// Several plugins share the highest priority.
    Ambiguous(Box<Tie>),
}

impl OnlyError {
    #[cold]
    pub(crate) fn tie<I: ?Sized + Interface>() -> Self {
        let sorted = I::slot().sorted();
        let highest = sorted[0].info.priority();
        let tied = sorted
            .iter()
            .take_while(|plugin| plugin.info.priority() == highest);
        let candidates = tied.map(|plugin| plugin.info).collect();
        Self::Ambiguous(Box::new(Tie {
            interface: I::INFO,
            candidates,
        }))
    }
}

impl Display for OnlyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(interface) => write!(
                formatter,
                "`{name}` has no plugin, and one is needed\n\
                 declare one, `#[plugin({name})] static …`, or link in a crate that has one",
                name = interface.name()
            ),
            Self::Ambiguous(tie) => Display::fmt(tie, formatter),
        }
    }
}

impl Error for OnlyError {}

/// Several plugins share the highest priority, where one is needed.
#[derive(Debug)]
pub struct Tie {
    interface: &'static InterfaceInfo,
    candidates: Box<[&'static PluginInfo]>,
}

impl Tie {
    /// The interface that has them.
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
        let (count, interface) = (self.candidates.len(), self.interface.name());
        let priority = self.candidates[0].priority();
        write!(
            formatter,
            "`{interface}` has {count} plugins of priority {priority}, and one is needed; \
             give one of them a higher `priority`"
        )?;
        candidates(&self.candidates, formatter)
    }
}

impl Error for Tie {}

fn candidates(plugins: &[&PluginInfo], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for info in plugins {
        let (package, version) = (info.package(), info.version());
        let (file, line) = (info.file(), info.line());
        write!(
            formatter,
            "\n  {} ({package} {version}, {file}:{line})",
            info.id()
        )?;
    }
    Ok(())
}

/// The one of `names` that somebody who wrote `name` is likely to have meant.
pub(crate) fn nearest(
    name: &str,
    names: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    // No typing error is this long, and the comparison takes the product of both lengths.
    const LONGEST: usize = 128;

    if name.len() > LONGEST {
        return None;
    }
    let lower = name.to_lowercase();
    let distance = |other: &str| strsim::damerau_levenshtein(&lower, &other.to_lowercase());
    let near = names
        .filter(|other| other.len() <= LONGEST)
        .map(|other| (distance(other), other))
        .min_by_key(|(distance, _)| *distance);
    let (distance, nearest) = near?;
    (distance <= nearest.chars().count() / 3 + 1).then_some(nearest)
}
