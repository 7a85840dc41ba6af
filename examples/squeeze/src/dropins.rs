//! The codecs in directories, of which the program learns while it runs.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;
use std::time::Instant;

use icodec::{ICodec, Plugin};
use plugin_loader::Package;

static PACKAGE: OnceLock<Package> = OnceLock::new();

/// Names the directories, before anything is looked for.
pub(crate) fn look_in(directories: &[PathBuf]) {
    if directories.is_empty() {
        return;
    }
    let package = PACKAGE.get_or_init(|| {
        // SAFETY: the user has named the directories, and the help says that their code is run.
        unsafe { Package::of_directories("squeeze.codecs", directories) }
    });
    // A file that was copied there a moment ago is used when it stands still: this program looks once.
    package.poll();
    while let Some(time) = package.next_poll() {
        thread::sleep(time.saturating_duration_since(Instant::now()));
        package.poll();
    }
}

/// All codecs without parameters: those of the program, and of the directories.
pub(crate) fn all() -> Vec<&'static Plugin<dyn ICodec>> {
    match PACKAGE.get() {
        Some(package) => package.plugins::<dyn ICodec>().collect(),
        None => icodec::slot::<dyn ICodec>().sorted().to_vec(),
    }
}

/// The codec of this name, if it has no parameters.
pub(crate) fn find(name: &str) -> Result<Option<&'static Plugin<dyn ICodec>>, String> {
    let Some(package) = PACKAGE.get() else {
        return Ok(None);
    };
    match package.find::<dyn ICodec>(name) {
        Ok(codec) => Ok(Some(codec)),
        Err(error) if error.candidates.is_empty() => Ok(None),
        Err(error) => Err(format!("{error:#}")),
    }
}

/// The text that finds the codec.
pub(crate) fn text_of(codec: &'static Plugin<dyn ICodec>) -> String {
    match PACKAGE.get() {
        Some(package) => package.text_of::<dyn ICodec>(codec.info),
        None => codec.info.name().to_owned(),
    }
}

/// Says which files are not used, and why.
pub(crate) fn report() {
    for unused in PACKAGE.get().into_iter().flat_map(Package::report) {
        eprintln!("squeeze: not used: {unused}");
    }
}
