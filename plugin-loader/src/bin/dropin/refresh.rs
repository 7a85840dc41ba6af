use std::io;
use std::path::PathBuf;

use plugin_loader::refresh;

use crate::list::{progress, show};
use crate::{Form, is_directory};

/// Writes `dropin.cache` in a directory, for who installs or removes libraries in it
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A directory of drop-ins
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, form: Form) -> io::Result<bool> {
    is_directory(&arguments.directory)?;
    show(&refresh(&arguments.directory, progress())?, form)
}
