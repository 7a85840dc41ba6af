use std::path::PathBuf;

use plugin_loader::refresh;

use crate::is_directory;
use crate::list::{progress, show};
use crate::output::{Failure, Output};

/// Writes `dropin.cache` in a directory after libraries have been installed or removed
///
/// Programs that look for the first time then need not read each library. What is not used is listed as by `dropin list`.
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
