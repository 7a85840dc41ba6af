//! The codecs that there are: those of the program, and those of the libraries in directories, of which it learns while it
//! runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::Instant;

use icodec::{ICodec, Interface, Maker, Plugin, PluginInfo};
use plugin_loader::{Package, signed};

use crate::stage::Stage;

static PACKAGE: OnceLock<&Package> = OnceLock::new();

/// From now on, the codecs in the directories are known by their names, too; if there is a file of keys, those that one of
/// them has signed.
pub(crate) fn look_in(directories: &[PathBuf], keys: Option<&Path>) -> Result<(), String> {
    if directories.is_empty() {
        return Ok(());
    }
    // SAFETY: the user has named the directories, and the help says that their code is run.
    let mut package = unsafe { Package::of_directories("squeeze.codecs", directories) };
    if let Some(path) = keys {
        let name = path.display();
        let keys = fs::read_to_string(path);
        let keys = keys.map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let hook = signed(&keys).map_err(|error| format!("`{name}`: {error}"))?;
        package = package.allow(hook);
    }
    let package = PACKAGE.get_or_init(|| package.install());
    // A file that was copied there a moment ago is used when it stands still: this program looks once.
    package.poll();
    while let Some(time) = package.next_poll() {
        thread::sleep(time.saturating_duration_since(Instant::now()));
        package.poll();
    }
    Ok(())
}

/// A codec as it is listed.
pub(crate) struct Codec {
    /// What names it on the command line.
    pub(crate) text: String,
    pub(crate) info: &'static PluginInfo,
    /// What makes it of its parameters, if it has any.
    pub(crate) maker: Option<&'static Plugin<dyn Maker<dyn ICodec>>>,
}

impl Codec {
    /// The codec with its defaults, if it has one for each parameter.
    pub(crate) fn with_defaults(&self) -> Option<Stage> {
        self.text.parse().ok()
    }
}

/// All codecs, the preferred one first. The libraries that have one are loaded.
pub(crate) fn all() -> Vec<Codec> {
    let makers = plugins().into_iter().map(|(text, maker)| Codec {
        text,
        info: maker.info,
        maker: Some(maker),
    });
    let without_parameters = plugins::<dyn ICodec>().into_iter();
    let without_parameters = without_parameters.map(|(text, codec)| Codec {
        text,
        info: codec.info,
        maker: None,
    });
    makers.chain(without_parameters).collect()
}

/// The plugins of the interface, each with the text that finds it.
fn plugins<I: ?Sized + Interface>() -> Vec<(String, &'static Plugin<I>)> {
    let Some(package) = PACKAGE.get() else {
        let slot = I::slot();
        let text = |plugin: &Plugin<I>| slot.text_of(plugin.info).to_owned();
        let plugins = slot.sorted().iter();
        return plugins.map(|plugin| (text(plugin), *plugin)).collect();
    };
    let text = |plugin: &Plugin<I>| package.text_of::<I>(plugin.info);
    let plugins = package.plugins::<I>();
    plugins.map(|plugin| (text(plugin), plugin)).collect()
}

/// Says which files are not used, and why.
pub(crate) fn report() {
    let unused = PACKAGE.get().into_iter();
    for unused in unused.flat_map(|package| package.report()) {
        eprintln!("squeeze: not used: {unused}");
    }
}
