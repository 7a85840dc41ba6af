//! Compresses files with any codec, and compares codecs. It knows none by name: it has those of the crates that it depends
//! on, and of the libraries in a directory.
//!
//! ```sh
//! squeeze compress notes.txt                                    # notes.txt.sqz, by the preferred codec
//! squeeze compress --codec zstd:level=19 notes.txt
//! squeeze compress --codec gzip --raw notes.txt                 # notes.txt.gz, for other programs
//! squeeze decompress notes.txt.sqz other.tar.xz
//! squeeze bench *.txt                                           # a table, and a plot
//! squeeze list
//! squeeze why delta                                             # is it there, and why not?
//! ```

mod bench;
mod container;
mod dropins;
mod files;
mod list;
mod output;
mod plot;
mod stage;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory};
use clap::{Arg, Args, Command, CommandFactory as _, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use icodec::{Configured, ICodec};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::output::Existing;
use crate::stage::Stage;

icodec::link_plugins!();

/// Compresses files with any codec, and compares codecs
///
/// A file is written beside its target and put into its place when it is whole. The exit code is 1 if something has
/// failed, and 2 if the command line or the configuration is wrong.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Also uses the codecs of the libraries in this directory, whose code then runs in this program; may be given
    /// several times
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dropins: Vec<PathBuf>,
    /// Uses only those libraries that a key of this file has signed: `libdelta.so` with `libdelta.so.minisig` beside it
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    signed: Option<PathBuf>,
    /// Reads the pipeline, and the codecs to compare, from a TOML file that `squeeze schema` describes
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Compresses files: `notes.txt` becomes `notes.txt.sqz`
    #[command(visible_alias = "c")]
    Compress {
        #[command(flatten)]
        files: Files,
        /// Writes the codec's own format, for other programs, as in `notes.txt.gz`
        #[arg(long)]
        raw: bool,
    },
    /// Decompresses files: what squeeze has made, and each format that a codec knows by its beginning or its name
    #[command(visible_alias = "d")]
    Decompress {
        #[command(flatten)]
        files: Files,
    },
    /// Compares codecs: prints a table, and plots the ratio against the speed
    ///
    /// The files are joined, as in an archive, and held in memory. Each codec is measured several times, and the fastest
    /// counts. The codecs are those of the configuration, or else all, with the parameters that they recommend.
    Bench {
        /// The files; without any, those below the current directory that git tracks
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Where to write the plot
        #[arg(long, value_name = "FILE", default_value = "squeeze-bench.svg")]
        plot: PathBuf,
    },
    /// Lists the codecs, and their parameters
    List,
    /// Says whether a codec, or the package of one, is there, and why not
    Why {
        /// The name of a codec or of a package
        name: String,
    },
    /// Prints the JSON Schema of the configuration, with which an editor completes and checks it
    Schema,
    /// Prints what a shell needs to complete command lines, as in `squeeze completions bash`
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Args)]
struct Files {
    /// The files; `-` is the standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    paths: Vec<PathBuf>,
    /// A codec and its parameters, as in `zstd:level=19`; given several times, each compresses what the one before has made
    #[arg(long = "codec", value_name = "CODEC", value_parser = CodecParser)]
    codecs: Vec<String>,
    /// Writes to this file; `-` is the standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Replaces files that are there already
    #[arg(short, long)]
    force: bool,
    /// Removes each file that was compressed or decompressed
    #[arg(long)]
    remove: bool,
    /// Says nothing of what has succeeded
    #[arg(short, long)]
    quiet: bool,
}

/// What `--config` reads.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Config {
    /// The codecs with which files are compressed, the first one first.
    pipeline: Vec<Stage>,
    /// What `squeeze bench` does.
    bench: Bench,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
struct Bench {
    /// The codecs to compare.
    codecs: Vec<Stage>,
}

/// Why a task was not done.
enum Failure {
    /// Something else than the user's line.
    Failed(String),
    Usage(String),
    /// It has been said already.
    Told,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Failed(message)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let explains = matches!(arguments.task, Task::Why { .. });
    let looked = dropins::look_in(&arguments.dropins, arguments.signed.as_deref());
    let done = looked.map_err(Failure::Usage).and_then(|()| run(arguments));
    // An explanation has said it.
    if !explains {
        dropins::report();
    }
    let (message, code) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Told) => return ExitCode::FAILURE,
        Err(Failure::Failed(message)) => (message, 1),
        Err(Failure::Usage(message)) => (message, 2),
    };
    eprintln!("squeeze: {message}");
    ExitCode::from(code)
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let config = configured(arguments.config.as_deref()).map_err(Failure::Usage)?;
    match arguments.task {
        Task::Compress { files, raw } => {
            let mut stages = parsed(&files.codecs)?;
            if stages.is_empty() {
                stages = config.pipeline;
            }
            if stages.is_empty() {
                let mut codecs = dropins::all().into_iter();
                let preferred = codecs.find_map(|codec| codec.with_defaults());
                stages.push(preferred.ok_or("there is no codec".to_owned())?);
            }
            files::run(&files.into(), &files::Task::compress(stages, raw)?)
        }
        Task::Decompress { files } => {
            let stages = parsed(&files.codecs)?;
            files::run(&files.into(), &files::Task::decompress(stages))
        }
        Task::Bench { files, plot } => Ok(bench::run(files, config.bench.codecs, &plot)?),
        Task::List => Ok(print(&list::codecs())?),
        Task::Why { name } => {
            let why = icodec::why(&name);
            print(&why.to_string())?;
            if why.is_here() {
                Ok(())
            } else {
                Err(Failure::Told)
            }
        }
        Task::Schema => {
            let schema = schemars::schema_for!(Config);
            Ok(print(&format!("{:#}\n", schema.to_value()))?)
        }
        Task::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "squeeze", &mut script);
            Ok(print(&String::from_utf8_lossy(&script))?)
        }
    }
}

fn configured(path: Option<&Path>) -> Result<Config, String> {
    let Some(path) = path else {
        return Ok(Config::default());
    };
    let text = fs::read_to_string(path)
        .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("`{}`: {error}", path.display()))
}

fn parsed(codecs: &[String]) -> Result<Vec<Stage>, Failure> {
    let stages = codecs.iter().map(|codec| codec.parse::<Stage>());
    stages.collect::<Result<_, _>>().map_err(|error| {
        let help = "help: `squeeze list` shows the codecs and their parameters";
        Failure::Usage(format!("{error}\n{help}"))
    })
}

fn print(text: &str) -> Result<(), String> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        // The reader may stop early, as `head` does.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the output cannot be written: {error}"))
        }
        _ => Ok(()),
    }
}

impl From<Files> for files::Request {
    fn from(files: Files) -> Self {
        Self {
            files: files.paths,
            output: files.output,
            existing: if files.force {
                Existing::Replace
            } else {
                Existing::Keep
            },
            remove: files.remove,
            quiet: files.quiet,
        }
    }
}

/// Help and completion know the program's codecs. The text is read later, when the directories are known.
#[derive(Clone)]
struct CodecParser;

impl TypedValueParser for CodecParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values: Vec<_> = Configured::<dyn ICodec>::value_parser()
            .possible_values()?
            .collect();
        Some(Box::new(values.into_iter()))
    }
}
