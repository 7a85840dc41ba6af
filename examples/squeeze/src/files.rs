//! One file after the other.

use std::fs::{self, File, Metadata};
use std::io::{self, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};

use icodec::Last;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use crate::container;
use crate::output::{self, Existing, Output};
use crate::stage::{self, Stage};
use crate::{Failure, dropins};

/// What the user asks for.
pub(crate) struct Request {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) output: Option<PathBuf>,
    pub(crate) existing: Existing,
    pub(crate) remove: bool,
    pub(crate) quiet: bool,
}

/// What is done to each file.
pub(crate) enum Task {
    Compress(Vec<Stage>),
    /// In the format of the codec.
    CompressRaw(Stage),
    /// What the beginning of the file says.
    Decompress,
    DecompressRaw(Vec<Stage>),
}

/// How the names of our files end.
const EXTENSION: &str = "sqz";

impl Task {
    pub(crate) fn compress(mut stages: Vec<Stage>, raw: bool) -> Result<Self, Failure> {
        if !raw {
            return Ok(Self::Compress(stages));
        }
        match (stages.pop(), stages.is_empty()) {
            (Some(stage), true) => Ok(Self::CompressRaw(stage)),
            _ => Err(Failure::Usage(
                "no other program reads what several codecs have made\n\
                 help: give one codec, or leave out `--raw`"
                    .to_owned(),
            )),
        }
    }

    pub(crate) fn decompress(stages: Vec<Stage>) -> Self {
        if stages.is_empty() {
            Self::Decompress
        } else {
            Self::DecompressRaw(stages)
        }
    }

    /// The name of the result.
    fn target(&self, path: &Path) -> Result<PathBuf, String> {
        let extension = match self {
            Self::Compress(_) => EXTENSION,
            Self::CompressRaw(stage) => match stage.extension() {
                "" => Stage::info(stage).name(),
                extension => extension,
            },
            Self::Decompress | Self::DecompressRaw(_) => return shortened(path),
        };
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(extension);
        Ok(name.into())
    }

    fn run(&self, path: &Path, source: &mut dyn Read, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Compress(stages) => container::write(stages, source, out),
            Self::CompressRaw(stage) => {
                let mut encoder = stage.encoder(Box::new(Last(out)))?;
                io::copy(source, &mut encoder)?;
                encoder.finish()
            }
            Self::DecompressRaw(stages) => {
                io::copy(&mut stage::decoder(stages, Box::new(source))?, out)?;
                Ok(())
            }
            Self::Decompress => {
                let mut beginning = Vec::new();
                (&mut *source).take(16).read_to_end(&mut beginning)?;
                let mut source = beginning.chain(source);
                if source.get_ref().0.starts_with(&container::MAGIC[..4]) {
                    return container::read(&mut source, out);
                }
                let stage = [known(path, source.get_ref().0)?];
                io::copy(&mut stage::decoder(&stage, Box::new(source))?, out)?;
                Ok(())
            }
        }
    }
}

/// Without its last extension.
fn shortened(path: &Path) -> Result<PathBuf, String> {
    let is_known = path.extension().is_some_and(|extension| {
        extension == EXTENSION || codecs().any(|codec| extension == codec.extension())
    });
    if is_known {
        return Ok(path.with_extension(""));
    }
    Err(format!(
        "nothing says what `{}` should be called when it is decompressed\n\
         help: name it with `-o FILE`",
        path.display()
    ))
}

/// The codecs that need no parameters.
fn codecs() -> impl Iterator<Item = Stage> {
    let codecs = dropins::all().into_iter();
    codecs.filter_map(|codec| codec.with_defaults())
}

/// The codec in whose format a file is, by its beginning or else its name.
fn known(path: &Path, beginning: &[u8]) -> io::Result<Stage> {
    let begins = |codec: &Stage| !codec.magic().is_empty() && beginning.starts_with(codec.magic());
    let ends = |codec: &Stage| {
        path.extension()
            .is_some_and(|extension| extension == codec.extension())
    };
    let found = codecs().find(begins).or_else(|| codecs().find(ends));
    found.ok_or_else(|| {
        let message = "no codec knows its format\nhelp: name the codec, as in `--codec brotli`";
        io::Error::new(io::ErrorKind::Unsupported, message)
    })
}

/// Does the task for each file, also if one fails.
pub(crate) fn run(request: &Request, task: &Task) -> Result<(), Failure> {
    if request.output.is_some() && request.files.len() > 1 {
        let message =
            "several files cannot become one\nhelp: leave out `-o`, or join them with `tar`";
        return Err(Failure::Usage(message.to_owned()));
    }
    output::clean_when_interrupted()?;
    let mut outcome = Ok(());
    for path in &request.files {
        if let Err(message) = one(request, task, path) {
            eprintln!("squeeze: {message}");
            outcome = Err(Failure::Told);
        }
    }
    outcome
}

/// The name of the standard input and output.
fn standard() -> &'static Path {
    Path::new("-")
}

fn one(request: &Request, task: &Task, path: &Path) -> Result<(), String> {
    let (source, metadata): (Box<dyn Read>, _) = if path == standard() {
        (Box::new(io::stdin()), None)
    } else {
        let (file, metadata) =
            open(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
        (Box::new(file), Some(metadata))
    };
    let target = match &request.output {
        Some(output) => output.clone(),
        None if path == standard() => standard().to_owned(),
        None => task.target(path)?,
    };
    let mut out = if target == standard() {
        to_standard(request, task)?
    } else {
        Output::file(&target, request.existing)?
    };
    let bar = bar(path, metadata.as_ref());
    let done = task.run(path, &mut bar.wrap_read(source), &mut out);
    bar.finish_and_clear();
    done.map_err(|error| failed(path, &error))?;
    let (read, written) = (bar.position(), out.written());
    out.finish(metadata.map(|metadata| metadata.permissions()))?;
    if request.remove && path != standard() {
        fs::remove_file(path)
            .map_err(|error| format!("`{}` cannot be removed: {error}", path.display()))?;
    }
    if !request.quiet && target != standard() {
        let (from, to) = (HumanBytes(read), HumanBytes(written));
        eprintln!("{}: {from} to {to}, {}", path.display(), target.display());
    }
    Ok(())
}

fn to_standard(request: &Request, task: &Task) -> Result<Output, String> {
    let is_binary = matches!(task, Task::Compress(_) | Task::CompressRaw(_));
    if is_binary && request.existing == Existing::Keep && io::stdout().is_terminal() {
        return Err("a terminal cannot show compressed data\n\
                    help: name a file with `-o FILE`, or insist with `--force`"
            .to_owned());
    }
    Ok(Output::standard())
}

fn open(path: &Path) -> io::Result<(File, Metadata)> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        let message = "it is a directory\nhelp: make one file of it with `tar`";
        return Err(io::Error::new(io::ErrorKind::IsADirectory, message));
    }
    Ok((File::open(path)?, metadata))
}

fn failed(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            format!("`{path}` is damaged: {error}\nhelp: get it again; nothing of it was kept")
        }
        _ => format!("`{path}`: {error}"),
    }
}

fn bar(path: &Path, metadata: Option<&Metadata>) -> ProgressBar {
    let style = "{msg} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}";
    let bar = match metadata {
        Some(metadata) => ProgressBar::new(metadata.len()),
        None => ProgressBar::no_length(),
    };
    let style = ProgressStyle::with_template(style).expect("the template is right");
    bar.with_style(style)
        .with_message(path.display().to_string())
}
