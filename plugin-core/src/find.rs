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
    names: Map<I>,
    ids: Map<I>,
}

// The keys are the program's own: nobody can choose them so that they collide.
type Map<I> = HashMap<&'static str, Named<I>, FixedState>;

enum Named<I: ?Sized + 'static> {
    One(&'static Plugin<I>),
    // A box, not to make each entry of the map larger for the rare ones.
    Several(Box<Same<I>>),
}

/// The plugins of one name.
struct Same<I: ?Sized + 'static>(Vec<&'static Plugin<I>>);

impl<I: ?Sized + Interface> Index<I> {
    #[cold]
    pub(crate) fn new(plugins: &'static [Plugin<I>]) -> Self {
        Self {
            names: map(plugins, PluginInfo::name),
            ids: map(plugins, PluginInfo::id),
        }
    }

    #[inline]
    pub(crate) fn find(&self, name: &str) -> Result<&'static Plugin<I>, FindError> {
        match self.names.get(name).or_else(|| self.ids.get(name)) {
            Some(Named::One(plugin)) => Ok(plugin),
            Some(Named::Several(plugins)) => Err(ambiguous(name, &plugins.0)),
            None => Err(not_found(name, I::INFO)),
        }
    }
}

fn map<I: ?Sized>(
    plugins: &'static [Plugin<I>],
    key: impl Fn(&PluginInfo) -> &'static str,
) -> Map<I> {
    let mut map = HashMap::with_capacity_and_hasher(plugins.len(), FixedState::default());
    for plugin in plugins {
        match map.entry(key(plugin.info)) {
            Entry::Vacant(entry) => {
                entry.insert(Named::One(plugin));
            }
            Entry::Occupied(mut entry) => match entry.get_mut() {
                Named::One(other) => {
                    let both = Vec::from([*other, plugin]);
                    entry.insert(Named::Several(Box::new(Same(both))));
                }
                Named::Several(others) => others.0.push(plugin),
            },
        }
    }
    map
}

#[cold]
fn not_found(name: &str, interface: &'static InterfaceInfo) -> FindError {
    FindError::NotFound(Box::new(NotFound {
        name: name.into(),
        interface,
    }))
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
///
/// It keeps the name alone: what there is instead is looked up when it is asked for.
#[derive(Debug)]
pub struct NotFound {
    name: Box<str>,
    interface: &'static InterfaceInfo,
}

impl NotFound {
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
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = interfaces::plugins_of(self.interface)
            .map(PluginInfo::name)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The name that is likely to be meant, if one is near enough.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(&self.name, self.names().into_iter())
    }

    /// The other interfaces that have a plugin of this name, by path.
    #[must_use]
    pub fn elsewhere(&self) -> Vec<&'static InterfaceInfo> {
        let has_it = |interface: &&'static InterfaceInfo| {
            let mut plugins = interfaces::plugins_of(interface);
            plugins.any(|info| info.name() == &*self.name || info.id() == &*self.name)
        };
        let mut elsewhere: Vec<_> = interfaces::all().filter(has_it).collect();
        elsewhere.sort_unstable_by_key(|interface| interface.path());
        elsewhere
    }
}

impl Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More names than this are a flood, not a help.
        const SHOWN: usize = 20;

        let (names, interface) = (self.names(), self.interface.name());
        write!(
            formatter,
            "`{interface}` has no plugin `{}`",
            Quoted(&self.name)
        )?;
        if let Some((first, rest)) = self.elsewhere().split_first() {
            write!(formatter, "; it is a plugin of `{}`", first.path())?;
            for interface in rest {
                write!(formatter, " and `{}`", interface.path())?;
            }
        } else if let Some(nearest) = nearest(&self.name, names.iter().copied()) {
            write!(formatter, "; did you mean `{nearest}`?")?;
        }
        let shown = &names[..names.len().min(SHOWN)];
        match shown {
            [] => write!(
                formatter,
                "\nthere is none: is a crate that has one linked in?"
            )?,
            [only] => write!(formatter, "\nthere is: {only}")?,
            shown => write!(formatter, "\nthere are: {}", shown.join(", "))?,
        }
        match names.len() - shown.len() {
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
        let id = self.candidates[0].id();
        let help = if self.candidates.iter().all(|info| info.id() == id) {
            "give one of them another `name`"
        } else {
            "use the id of one of them"
        };
        let name = Quoted(&self.name);
        write!(
            formatter,
            "`{interface}` has {count} plugins `{name}`; {help}"
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

/// A name that is somebody's input: on one line, and not longer than a line.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 100;

        for letter in self.0.chars().take(LONGEST) {
            if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
                write!(formatter, "{}", letter.escape_default())?;
            } else {
                write!(formatter, "{letter}")?;
            }
        }
        if self.0.chars().nth(LONGEST).is_some() {
            formatter.write_str("…")
        } else {
            Ok(())
        }
    }
}

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
