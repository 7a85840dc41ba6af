//! The command `dropin`, which works on drop-ins without loading them.

mod build;
mod check;
mod install;
mod list;
mod new;
mod output;
mod program;
mod refresh;
mod sample;
mod sign;
mod toolchain;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::output::{Failure, Output};

/// Builds, checks, and installs drop-ins: libraries of plugins that a program finds at run time
///
/// No library is loaded, and no code of a library or a program runs. Without `--host`, libraries are compared with the build of
/// this command: the compiler, the flags, and the version of plugin-core that it was built with.
#[derive(Parser)]
#[command(
    name = "dropin",
    version,
    after_help = "\
Exit status: 0 if every file can be used, 1 if a file cannot be used, 2 if the command itself fails.

The JSON has `\"version\": 1`; the number is raised if a key is removed or changes its meaning. Each reason has a stable `code`, \
its `values`, and a `message` for users. If the command fails, the object has only the key `error`, whose value is a reason."
)]
struct Arguments {
    /// Prints JSON instead of text
    #[arg(long, global = true, conflicts_with = "quiet")]
    json: bool,
    /// Prints only errors of the command itself; the exit status is the answer
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Arguments),
    Check(check::Arguments),
    Refresh(refresh::Arguments),
    New(new::Arguments),
    Build(build::Arguments),
    Install(install::Arguments),
    Sign(sign::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = match (arguments.json, arguments.quiet) {
        (true, _) => Output::Json,
        (false, true) => Output::Quiet,
        (false, false) => Output::Text,
    };
    let is_fine = match &arguments.command {
        Command::List(arguments) => list::run(arguments, output),
        Command::Check(arguments) => check::run(arguments, output),
        Command::Refresh(arguments) => refresh::run(arguments, output),
        Command::New(arguments) => new::run(arguments, output),
        Command::Build(arguments) => build::run(arguments, output),
        Command::Install(arguments) => install::run(arguments, output),
        Command::Sign(arguments) => sign::run(arguments, output),
    };
    match is_fine {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            output.fail(&failure);
            ExitCode::from(2)
        }
    }
}

/// Checks that a directory exists. A program skips missing directories, but an argument of this command must exist.
fn is_directory(path: &Path) -> Result<(), Failure> {
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(Failure::of_path(
            path,
            &io::Error::other("it is not a directory"),
        )),
        Err(error) => Err(Failure::of_path(path, &error)),
    }
}
