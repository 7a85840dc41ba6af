//! A package whose plugins are the program's.

use std::sync::Arc;

use plugin_core::__private::dropin::{Installed, install, sorted};
use plugin_core::{InterfaceInfo, PluginInfo};

use super::Package;

impl Package {
    /// Makes the plugins of the package the program's own, for as long as it runs.
    ///
    /// From then on, each search by name that finds nothing among what is linked in asks the package:
    /// [`Slot::find`](plugin_core::Slot::find), [`PluginRef`](plugin_core::PluginRef), and
    /// `Configured`, with serde and with clap. So a configuration names a drop-in as it names any other plugin. Only
    /// the library that has the name is loaded. [`Slot::only`](plugin_core::Slot::only) chooses among the package's plugins,
    /// too, and [`catalog()`](plugin_core::catalog()), help, and errors know of them without loading one. [`why()`](plugin_core::why())
    /// loads what has the name, to see whether it can be loaded.
    /// [`plugins`](plugin_core::plugins) and all that finds its plugin among the linked ones are what they were, and cost what
    /// they did.
    ///
    /// ```
    /// # mod demo {
    /// # #[plugin_core::interface]
    /// # pub trait IMaterial {}
    /// # }
    /// # use demo::*;
    /// use plugin_core::PluginRef;
    /// use plugin_loader::Package;
    ///
    /// # fn main() {
    /// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
    /// // SAFETY: the directory does not exist.
    /// let package = unsafe { Package::of_directories("matsim", [directory]) }.install();
    /// let glass: Result<PluginRef<dyn IMaterial>, _> = "glass".parse();
    /// assert!(glass.is_err(), "nobody has dropped it in");
    /// assert!(package.libraries().is_empty());
    /// # }
    /// ```
    ///
    /// Of several packages, all are asked. A file that was written a moment ago is not used before it stands still: a
    /// program that looks once waits as [`next_poll`](Self::next_poll) shows.
    pub fn install(self) -> &'static Self {
        let package: &'static Self = Box::leak(Box::new(self));
        install(package);
        package
    }
}

impl Installed for Package {
    fn named(&self, interface: &'static InterfaceInfo, name: &str) -> Vec<&'static PluginInfo> {
        let linked = || sorted(interface).into_iter();
        let answer = self.ask(|state| {
            let mut called = state.names(interface, linked).called(name);
            called.retain(|named| !named.is_linked());
            state.need(&called);
            called
        });
        answer.0.iter().map(|named| named.info).collect()
    }

    fn plugins(&self) -> Vec<&'static PluginInfo> {
        let state = &mut *self.lock();
        state.refresh();
        let files = Arc::clone(state.search.files());
        let infos = files.iter().flat_map(|file| state.loaded.infos(file));
        infos.collect()
    }

    fn unused(&self) -> Vec<String> {
        let unused = self.report().into_iter();
        unused.map(|unused| unused.to_string()).collect()
    }
}
