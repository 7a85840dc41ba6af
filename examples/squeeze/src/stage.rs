//! Codecs in a row.

use std::error::Error;
use std::fmt::{self, Display};
use std::io::{self, Read};

use icodec::{Configured, ICodec, Sink};

/// One codec of a pipeline.
pub(crate) type Stage = Configured<dyn ICodec>;

/// The parameters that were given, as on the command line.
pub(crate) fn parameters(stage: &Stage) -> String {
    let text = stage.to_string();
    let parameters = text.split_once(':').map(|(_, parameters)| parameters);
    parameters.unwrap_or_default().to_owned()
}

/// Writes to `behind` what the stages make of what is written, the first stage first.
pub(crate) fn encoder<'s>(
    stages: &[Stage],
    behind: Box<dyn Sink + 's>,
) -> io::Result<Box<dyn Sink + 's>> {
    let mut stages = stages.iter().rev();
    stages.try_fold(behind, |behind, stage| stage.encoder(behind))
}

/// Reads what the stages were given to make `source`.
pub(crate) fn decoder<'s>(
    stages: &[Stage],
    source: Box<dyn Read + 's>,
) -> io::Result<Box<dyn Read + 's>> {
    let source: Box<dyn Read> = Box::new(Blaming {
        reader: source,
        codec: None,
    });
    stages.iter().rev().try_fold(source, |source, stage| {
        let codec = Some(Stage::info(stage).name());
        let reader = stage.decoder(source);
        let reader = reader.map_err(|error| Blame::of(codec, error))?;
        let reader: Box<dyn Read> = Box::new(Blaming { reader, codec });
        Ok(reader)
    })
}

/// Knows whose error it is, when there are readers behind readers.
struct Blaming<'s> {
    reader: Box<dyn Read + 's>,
    codec: Option<&'static str>,
}

impl Read for Blaming<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer);
        count.map_err(|error| Blame::of(self.codec, error))
    }
}

/// An error of a codec, or of the source if there is none.
#[derive(Debug)]
struct Blame {
    codec: Option<&'static str>,
    error: io::Error,
}

impl Blame {
    /// What a codec does not like in its source is damage, whatever it says.
    fn of(codec: Option<&'static str>, error: io::Error) -> io::Error {
        let inner = error.get_ref();
        let is_known = inner.is_some_and(<dyn Error + Send + Sync>::is::<Self>);
        let kind = match (error.kind(), codec) {
            (io::ErrorKind::Interrupted, _) => return error,
            _ if is_known => return error,
            (kind @ io::ErrorKind::OutOfMemory, _) | (kind, None) => kind,
            (_, Some(_)) => io::ErrorKind::InvalidData,
        };
        io::Error::new(kind, Self { codec, error })
    }
}

impl Display for Blame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { codec, error } = self;
        match codec {
            Some(codec) => write!(formatter, "{codec}: {error}"),
            None => write!(formatter, "it cannot be read: {error}"),
        }
    }
}

impl Error for Blame {}
