//! The plugins of one interface by name, whether or not their libraries are loaded.

use std::collections::HashSet;
use std::ptr;
use std::sync::OnceLock;

use plugin_core::__private::dropin::{Found, Index, those_called};
use plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo, slot};

use super::loaded::{Form, Loaded};
use super::parts::Key;
use crate::library::load::Library;
use crate::look::standing::File;

/// What a package has for one interface, in its order, until the directories change.
pub(super) struct Names {
    all: Vec<Named>,
    index: OnceLock<Index>,
}

/// One plugin.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) info: &'static PluginInfo,
    pub(super) source: Source,
}

/// Where a plugin is.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// In the program, at this place of its order.
    Program(usize),
    Library(&'static Library),
    /// In the file at this place, whose library is not loaded.
    File(usize),
}

impl Names {
    /// Those that are linked into the program come first. Of several plugins with one key, the first one counts.
    pub(super) fn new(
        interface: &'static InterfaceInfo,
        linked: impl Iterator<Item = &'static PluginInfo>,
        files: &[File],
        loaded: &mut Loaded,
    ) -> Self {
        let mut all: Vec<_> = linked
            .enumerate()
            .map(|(place, info)| Named {
                info,
                source: Source::Program(place),
            })
            .collect();
        if let Some(form) = Form::of(interface) {
            let keys = all.iter().map(|named| Key::of_info(named.info));
            let mut keys: HashSet<_> = keys.collect();
            let files = files.iter().enumerate();
            for (place, file) in files.filter(|(_, file)| form.may_be_in(file)) {
                let library = loaded.library(file);
                let source = library.map_or(Source::File(place), Source::Library);
                let infos = loaded.infos(file).into_iter();
                let of_interface = infos.filter(|info| info.interfaces().contains(&interface));
                let new = of_interface.filter(|info| keys.insert(Key::of_info(info)));
                all.extend(new.map(|info| Named { info, source }));
            }
        }
        Self {
            all,
            index: OnceLock::new(),
        }
    }

    pub(super) fn all(&self) -> &[Named] {
        &self.all
    }

    pub(super) fn infos(&self) -> Vec<&'static PluginInfo> {
        self.all.iter().map(|named| named.info).collect()
    }

    /// The only plugin that the text finds.
    pub(super) fn find(&self, text: &str) -> Option<Named> {
        let get = |place: usize| {
            let named = *self.all.get(place)?;
            Some((named, named.info))
        };
        match self.index().find(text, get) {
            Found::One(named) => Some(named),
            Found::Several | Found::None => None,
        }
    }

    /// The plugins that have this name; if there are none, this id; or else this id and version.
    pub(super) fn called(&self, name: &str) -> Vec<Named> {
        let called = those_called(name, &self.infos());
        let is_called = |named: &&Named| called.iter().any(|info| ptr::eq(*info, named.info));
        self.all.iter().filter(is_called).copied().collect()
    }

    /// The text that finds this plugin and no other.
    pub(super) fn text_of(&self, info: &'static PluginInfo) -> &str {
        let get = |place: usize| Some(self.all.get(place)?.info);
        self.index().text_of(info, get)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.infos()))
    }
}

impl Named {
    pub(super) fn is_linked(&self) -> bool {
        matches!(self.source, Source::Program(_))
    }

    /// The plugin itself, if its library is loaded.
    pub(super) fn plugin<I: ?Sized + Interface>(&self) -> Option<&'static Plugin<I>> {
        match self.source {
            Source::Program(place) => slot::<I>().sorted().get(place).copied(),
            Source::Library(library) => {
                let mut plugins = library.plugins::<I>().iter();
                plugins.find(|plugin| ptr::eq(plugin.info, self.info))
            }
            Source::File(_) => None,
        }
    }
}
