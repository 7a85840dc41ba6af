//! The command `dropin`: works on drop-ins, without loading one.

mod check;
mod list;
mod refresh;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Looks at drop-ins, the libraries of plugins that a program finds while it runs
///
/// Nothing is loaded, and nothing of a library runs. What libraries are compared with is the build of
/// this command: the compiler, the flags, and the version of plugin-core that it was built with.
#[derive(Parser)]
#[command(
    name = "dropin",
    version,
    after_help = "Exit status: 0 if every file can be used, 1 if one cannot, 2 if the command itself fails."
)]
struct Arguments {
    /// Prints JSON instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Arguments),
    Check(check::Arguments),
    Refresh(refresh::Arguments),
}

/// In which form an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let form = if arguments.json {
        Form::Json
    } else {
        Form::Text
    };
    let is_fine = match &arguments.command {
        Command::List(arguments) => list::run(arguments, form),
        Command::Check(arguments) => check::run(arguments, form),
        Command::Refresh(arguments) => refresh::run(arguments, form),
    };
    match is_fine {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads may stop early, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dropin: {error}");
            ExitCode::from(2)
        }
    }
}

/// A program skips a directory that is not there; who names one here has made a mistake.
fn is_directory(path: &Path) -> io::Result<()> {
    let named = |error: &dyn std::fmt::Display| format!("`{}`: {error}", path.display());
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::other(named(&"it is not a directory"))),
        Err(error) => Err(io::Error::new(error.kind(), named(&error))),
    }
}
