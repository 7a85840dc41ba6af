use std::path::PathBuf;

use plugin_loader::refresh;

use crate::is_directory;
use crate::list::{progress, show};
use crate::output::{Failure, Output};

/// Writes `dropin.cache` into a directory; run it after installing or removing libraries
///
/// Programs then need not read every library when they first search the directory. The output is that of `dropin list`.
///
/// The JSON is that of `dropin list`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A directory of drop-ins
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    is_directory(&arguments.directory)?;
    show(&refresh(&arguments.directory, progress())?, output)
}
