//! The messages for a name that finds no plugin, or several; plugin-loader prints them too.
//!
//! Each is a sentence and a list; in the alternate form, `{:#}`, one line.

// What is public here is for plugin-loader.
#![allow(missing_docs)]

use core::fmt::{self, Display};
use std::format;
use std::string::String;
use std::vec::Vec;

use super::{Quoted, nearest};
use crate::catalog::hidden_from;
use crate::{Finding, InterfaceInfo, PluginInfo, interfaces, order};

/// More names than this are a flood, not a help.
const SHOWN: usize = 20;

/// No plugin of the interface has the name.
pub struct Missing<'a> {
    pub name: &'a str,
    pub interface: &'static InterfaceInfo,
    /// What there is instead, sorted.
    pub names: &'a [&'static str],
    /// What to ask a developer where there is nothing.
    pub question: &'static str,
}

/// Several plugins of the interface have the name.
pub struct Several<'a> {
    pub name: &'a str,
    pub interface: &'static InterfaceInfo,
    /// The plugins, each with the text that finds it.
    pub candidates: &'a [(&'static PluginInfo, &'a str)],
}

/// The plugins that have this name; if there are none, this id; or else this id and version.
#[must_use]
pub fn those_called(name: &str, plugins: &[&'static PluginInfo]) -> Vec<&'static PluginInfo> {
    let has_it: [fn(&PluginInfo, &str) -> bool; 3] = [
        |info, name| info.name() == name,
        |info, name| info.id() == name,
        PluginInfo::is_of_version,
    ];
    let those = |has_it: fn(&PluginInfo, &str) -> bool| -> Vec<_> {
        let plugins = plugins.iter().copied();
        plugins.filter(|info| has_it(info, name)).collect()
    };
    let mut those = has_it.into_iter().map(those);
    those.find(|those| !those.is_empty()).unwrap_or_default()
}

impl Missing<'_> {
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(self.name, self.names.iter().copied())
    }

    pub(super) fn elsewhere(&self) -> Vec<&'static InterfaceInfo> {
        let has_it = |interface: &&'static InterfaceInfo| {
            let mut plugins = interfaces::plugins_of(interface);
            plugins.any(|info| info.name() == self.name || info.id() == self.name)
        };
        let elsewhere: Vec<_> = interfaces::all().filter(has_it).collect();
        order::interfaces(&elsewhere)
    }

    /// Why the plugin may be in the program and not in this interface.
    fn notes(&self) -> Vec<Finding> {
        let elsewhere = self.elsewhere();
        let is_likely = |finding: &Finding| {
            let others = finding.interfaces();
            let mut others = others.iter().filter(|other| **other != self.interface);
            match &elsewhere[..] {
                [] if finding.is_of_all() => self.nearest().is_none(),
                [] => self.names.is_empty(),
                elsewhere => others.any(|other| elsewhere.contains(other)),
            }
        };
        let mut findings = hidden_from(self.interface);
        findings.retain(is_likely);
        findings
    }

    /// What to call an interface that has the plugin: this one may be in the program twice.
    fn called(&self, other: &InterfaceInfo) -> String {
        let path = other.path();
        if path != self.interface.path() {
            return format!("`{path}`");
        }
        match other.version() {
            version if version == self.interface.version() => format!("another `{path}`"),
            _ => format!("the `{path}` of {}", other.origin().package),
        }
    }

    /// What may be meant.
    pub(super) fn hint(&self) -> Option<String> {
        let elsewhere = self.elsewhere();
        let elsewhere = elsewhere.iter();
        let name = Quoted(self.name);
        let others: Vec<_> = match self.interface.noun() {
            // Interfaces without a noun mean nothing to users.
            Some(noun) => elsewhere
                .filter_map(|interface| interface.noun())
                .filter(|other| *other != noun)
                .map(|other| format!("the {other} `{name}`"))
                .collect(),
            None => elsewhere.map(|other| self.called(other)).collect(),
        };
        match (&others[..], self.interface.noun()) {
            ([], _) => Some(format!("did you mean `{}`?", self.nearest()?)),
            (others, Some(_)) => Some(format!("did you mean {}?", others.join(" or "))),
            (others, None) => Some(format!("it is a plugin of {}", others.join(" and "))),
        }
    }

    /// What is wrong.
    fn title(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Quoted(self.name);
        match self.interface.noun() {
            Some(noun) => write!(formatter, "unknown {noun} `{name}`"),
            None => write!(
                formatter,
                "`{}` has no plugin `{name}`",
                self.interface.name()
            ),
        }
    }

    fn one_line(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(hint) = self.hint() {
            return write!(formatter, "; {hint}");
        }
        match self.names {
            [] => formatter.write_str("; there is none"),
            [only] => write!(formatter, ", expected `{only}`"),
            names => {
                formatter.write_str(", expected one of ")?;
                list(formatter, names.iter().copied())
            }
        }
    }

    fn lines(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(hint) = self.hint() {
            write!(formatter, "; {hint}")?;
        }
        let notes = self.notes();
        let shown = &self.names[..self.names.len().min(SHOWN)];
        match (shown, self.interface.noun()) {
            ([], None) if notes.is_empty() && !self.question.is_empty() => {
                write!(formatter, "\nthere is none: {}", self.question)?;
            }
            ([], _) => formatter.write_str("\nthere is none")?,
            ([only], _) => write!(formatter, "\nthere is: {only}")?,
            (shown, _) => write!(formatter, "\nthere are: {}", shown.join(", "))?,
        }
        match self.names.len() - shown.len() {
            0 => {}
            more => write!(formatter, ", and {more} more")?,
        }
        write_notes(&notes, formatter)
    }
}

impl Display for Missing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.title(formatter)?;
        if formatter.alternate() {
            self.one_line(formatter)
        } else {
            self.lines(formatter)
        }
    }
}

impl Display for Several<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, name) = (self.candidates.len(), Quoted(self.name));
        match self.interface.noun() {
            Some(noun) => write!(formatter, "ambiguous {noun} `{name}`")?,
            None => write!(
                formatter,
                "`{}` has {count} plugins `{name}`",
                self.interface.name()
            )?,
        }
        if formatter.alternate() {
            formatter.write_str("; use one of ")?;
            return list(formatter, self.candidates.iter().map(|(_, text)| *text));
        }
        formatter.write_str("; use one of these instead:")?;
        for (info, text) in self.candidates {
            write!(formatter, "\n  {text} ({})", info.origin())?;
        }
        Ok(())
    }
}

pub(super) fn write_notes(notes: &[Finding], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    notes
        .iter()
        .try_for_each(|finding| write!(formatter, "\nnote: {finding}"))
}

/// The first of the texts, and how many more there are.
fn list<'a>(
    formatter: &mut fmt::Formatter<'_>,
    texts: impl ExactSizeIterator<Item = &'a str>,
) -> fmt::Result {
    let more = texts.len().saturating_sub(SHOWN);
    for (index, text) in texts.take(SHOWN).enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(formatter, "{comma}`{text}`")?;
    }
    match more {
        0 => Ok(()),
        more => write!(formatter, ", and {more} more"),
    }
}
