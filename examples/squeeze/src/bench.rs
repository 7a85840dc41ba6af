//! Compares codecs on real files.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use icodec::Last;
use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressStyle};

use crate::output::{Existing, Output};
use crate::stage::{self, Stage};
use crate::{dropins, plot};

/// A codec with parameters, and what it does.
pub(crate) struct Measured {
    pub(crate) codec: &'static str,
    /// As on the command line.
    pub(crate) parameters: String,
    /// How many times smaller its result is.
    pub(crate) ratio: f64,
    /// Megabytes of content in a second.
    pub(crate) compression: f64,
    pub(crate) decompression: f64,
}

/// Measures the codecs, or all if there are none, on the files, or on those that git tracks.
pub(crate) fn run(files: Vec<PathBuf>, codecs: Vec<Stage>, plot: &Path) -> Result<(), String> {
    let files = if files.is_empty() { tracked()? } else { files };
    let content = joined(&files)?;
    let codecs = if codecs.is_empty() {
        recommended()?
    } else {
        codecs
    };
    let size = HumanBytes(content.len() as u64);
    let subject = format!("{} files, {size}", files.len());
    eprintln!("{subject}");
    let bars = Bars::of(codecs.len() as u64, content.len() as u64);
    let measured = codecs.iter().map(|codec| measured(codec, &content, &bars));
    let measured = measured.collect::<Result<Vec<_>, _>>()?;
    bars.clear();
    crate::print(&table(&measured))?;
    let mut out = Output::file(plot, Existing::Replace)?;
    out.write_all(plot::svg(&measured, &subject).as_bytes())
        .map_err(|error| format!("`{}` cannot be written: {error}", plot.display()))?;
    out.finish(None)?;
    eprintln!("plotted in {}", plot.display());
    Ok(())
}

/// The regular files below the current directory that git tracks.
fn tracked() -> Result<Vec<PathBuf>, String> {
    let help = "help: name the files, as in `squeeze bench *.txt`";
    let listed = Command::new("git").args(["ls-files", "-z"]).output();
    let listed = listed.map_err(|error| format!("git does not list files: {error}\n{help}"))?;
    if !listed.status.success() {
        let error = String::from_utf8_lossy(&listed.stderr);
        return Err(format!("git does not list files: {}\n{help}", error.trim()));
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    let paths = names.split_terminator('\0').map(PathBuf::from);
    let is_file = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    let files: Vec<_> = paths.filter(is_file).collect();
    if files.is_empty() {
        return Err(format!("git tracks no file in this directory\n{help}"));
    }
    Ok(files)
}

fn joined(files: &[PathBuf]) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    for path in files {
        let read = fs::File::open(path).and_then(|mut file| file.read_to_end(&mut content));
        read.map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    }
    if content.is_empty() {
        return Err("the files are empty\nhelp: name files with something in them".to_owned());
    }
    Ok(content)
}

/// All codecs, with the parameters of their tag `bench`, or else with the defaults.
fn recommended() -> Result<Vec<Stage>, String> {
    let mut codecs = Vec::new();
    for codec in dropins::all() {
        match codec.info.tag("bench") {
            Some(recommended) => {
                for parameters in recommended.split_whitespace() {
                    let stage: Result<Stage, _> = format!("{}:{parameters}", codec.text).parse();
                    codecs.push(stage.map_err(|error| error.to_string())?);
                }
            }
            None => codecs.extend(codec.with_defaults()),
        }
    }
    Ok(codecs)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no file is so long that it matters"
)]
fn measured(codec: &Stage, content: &[u8], bars: &Bars) -> Result<Measured, String> {
    let (name, parameters) = (Stage::info(codec).name(), stage::parameters(codec));
    let failed = |error: io::Error| format!("{name} {parameters}: {error}");
    bars.begin(&format!("{name} {parameters}"));
    let mut encoded = Vec::new();
    let compression = fastest(|| {
        encoded.clear();
        encode(codec, content, &mut encoded, bars)
    });
    let compression = compression.map_err(failed)?;
    let mut decoded = Vec::with_capacity(content.len());
    let decompression = fastest(|| {
        decoded.clear();
        let mut reader = codec.decoder(Box::new(&*encoded))?;
        bars.pass(reader.read_to_end(&mut decoded)?);
        Ok(())
    });
    let decompression = decompression.map_err(failed)?;
    if decoded != content {
        return Err(format!(
            "{name} {parameters} does not give back what it was given"
        ));
    }
    bars.end();
    let megabytes = content.len() as f64 / 1e6;
    Ok(Measured {
        codec: name,
        parameters,
        ratio: content.len() as f64 / encoded.len() as f64,
        compression: megabytes / compression.as_secs_f64(),
        decompression: megabytes / decompression.as_secs_f64(),
    })
}

fn encode(codec: &Stage, content: &[u8], encoded: &mut Vec<u8>, bars: &Bars) -> io::Result<()> {
    let mut writer = codec.encoder(Box::new(Last(encoded)))?;
    for part in content.chunks(1 << 20) {
        writer.write_all(part)?;
        bars.pass(part.len());
    }
    writer.finish()
}

/// The shortest of at least three times, or of fewer if that takes long.
fn fastest(mut work: impl FnMut() -> io::Result<()>) -> io::Result<Duration> {
    const SHORT: Duration = Duration::from_millis(500);
    const LONG: Duration = Duration::from_secs(5);

    let (mut total, mut shortest, mut times) = (Duration::ZERO, Duration::MAX, 0);
    while total < SHORT || (times < 3 && total < LONG) {
        let start = Instant::now();
        work()?;
        let time = start.elapsed();
        total += time;
        times += 1;
        shortest = shortest.min(time);
    }
    Ok(shortest)
}

/// On a terminal: how many codecs are done, and what the present one does.
struct Bars {
    both: MultiProgress,
    codecs: ProgressBar,
    bytes: ProgressBar,
    length: u64,
}

impl Bars {
    fn of(codecs: u64, length: u64) -> Self {
        let style =
            |template| ProgressStyle::with_template(template).expect("the template is right");
        let both = MultiProgress::new();
        let codecs = both.add(ProgressBar::new(codecs));
        codecs.set_style(style("{pos:>3} of {len} codecs {bar:30} {elapsed}"));
        let bytes = both.add(ProgressBar::new(length));
        bytes.set_style(style("    {bytes_per_sec:>14} {bar:30} {msg}"));
        Self {
            both,
            codecs,
            bytes,
            length,
        }
    }

    fn begin(&self, what: &str) {
        self.bytes.set_message(what.to_owned());
    }

    fn pass(&self, bytes: usize) {
        if self.bytes.position() >= self.length {
            self.bytes.reset();
        }
        self.bytes.inc(bytes as u64);
    }

    fn end(&self) {
        self.codecs.inc(1);
        self.bytes.reset();
    }

    fn clear(self) {
        self.codecs.finish_and_clear();
        self.bytes.finish_and_clear();
        let _ = self.both.clear();
    }
}

fn table(measured: &[Measured]) -> String {
    let mut text = format!(
        "{:<10} {:<14} {:>7} {:>10} {:>12}\n",
        "codec", "parameters", "ratio", "compress", "decompress"
    );
    for it in measured {
        let _ = writeln!(
            text,
            "{:<10} {:<14} {:>6.2}x {:>5.*} MB/s {:>7.*} MB/s",
            it.codec,
            it.parameters,
            it.ratio,
            decimals(it.compression),
            it.compression,
            decimals(it.decompression),
            it.decompression,
        );
    }
    text
}

/// Three digits say enough.
pub(crate) fn decimals(speed: f64) -> usize {
    match speed {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    }
}
