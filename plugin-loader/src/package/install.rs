//! A package whose plugins are the program's.

use std::sync::Arc;

use plugin_core::__private::dropin::{Installed, install, sorted};
use plugin_core::{InterfaceInfo, PluginInfo};

use super::Package;

impl Package {
    /// Makes the program's lookups by name also find the plugins of this package, for as long as the program runs.
    ///
    /// A configuration or a command line then names a drop-in like any other plugin. A lookup that finds no linked plugin asks
    /// the package: [`Slot::find`](plugin_core::Slot::find), [`PluginRef`](plugin_core::PluginRef), and `Configured`, with serde
    /// and with clap. It loads only the library that has the name.
    ///
    /// [`Slot::only`](plugin_core::Slot::only) also chooses among the package's plugins. [`catalog()`](plugin_core::catalog()),
    /// help, and errors list them without loading a library. [`why()`](plugin_core::why()) loads the libraries with the name
    /// that it is asked for, to see whether they can be loaded.
    /// [`plugins`](plugin_core::plugins), and lookups that find a linked plugin, work as before and cost the same.
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
    /// If several packages are installed, all of them are asked. A file that was written in the last two seconds is not used
    /// yet; a program that searches only once should wait as [`next_poll`](Self::next_poll) shows.
    ///
    /// The package is leaked, since its plugins are used until the program ends.
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
