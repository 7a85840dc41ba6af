//! The format of a `.sqz` file, which says how it was made and notices each damage.
//!
//! | bytes | |
//! |---|---|
//! | 8 | [`MAGIC`], whose fifth byte is the version |
//! | 4 | the length of the pipeline's text |
//! | … | the pipeline as JSON, as in `[{"use":"zstd","level":19}]` |
//! | 8 | XXH3 of all bytes before it |
//! | … | what the last codec wrote |
//! | 8 | the length of the content |
//! | 8 | XXH3 of the content |
//! | 8 | XXH3 of all bytes before it |
//!
//! Numbers are little-endian. The hash of the content would notice a codec that does not give back what it was given.
//! The hash of the file notices damage of which a codec knows nothing, such as a changed date in a header of gzip's.

use std::hash::Hasher as _;
use std::io::{self, Read, Write};

use icodec::Last;
use twox_hash::XxHash3_64;

use crate::stage::{self, Stage};

/// How a file begins. As in PNG, the bytes are none that survive a transfer as text.
pub(crate) const MAGIC: &[u8; 8] = b"\x89SQZ1\r\n\x1a";

/// A header says what the codecs are, and not more: a longer one is none of ours.
const LONGEST: u32 = 64 * 1024;
const TRAILER: usize = 24;

/// Compresses the source.
pub(crate) fn write(
    stages: &[Stage],
    source: &mut dyn Read,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pipeline = serde_json::to_vec(stages)?;
    let length = u32::try_from(pipeline.len())
        .ok()
        .filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| invalid("the pipeline has too many codecs"))?;
    let mut file = Hashing::of(out);
    file.write_all(MAGIC)?;
    file.write_all(&length.to_le_bytes())?;
    file.write_all(&pipeline)?;
    file.write_hash()?;
    let mut content = Hashing::of(source);
    let mut encoder = stage::encoder(stages, Box::new(Last(&mut file)))?;
    io::copy(&mut content, &mut encoder)?;
    encoder.finish()?;
    file.write_all(&content.length.to_le_bytes())?;
    file.write_all(&content.hash.finish().to_le_bytes())?;
    file.write_hash()
}

/// Decompresses a file. What was written before an error is of no use.
pub(crate) fn read(source: &mut dyn Read, out: &mut dyn Write) -> io::Result<()> {
    let mut file = Hashing::of(source);
    let stages = read_header(&mut file).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => too_short(),
        _ => error,
    })?;
    let mut body = Body::of(file);
    let mut content = Hashing::of(out);
    let mut decoder = stage::decoder(&stages, Box::new(&mut body))?;
    io::copy(&mut decoder, &mut content)?;
    drop(decoder);
    body.verify(&content)
}

fn read_header(file: &mut Hashing<&mut dyn Read>) -> io::Result<Vec<Stage>> {
    let mut magic = [0; MAGIC.len()];
    file.read_exact(&mut magic)?;
    if magic != *MAGIC {
        let message = "another version of squeeze has written it, or it is damaged";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    let length = u32::from_le_bytes(array(file)?);
    if length > LONGEST {
        return Err(invalid("its header is damaged"));
    }
    let mut pipeline = vec![0; length as usize];
    file.read_exact(&mut pipeline)?;
    let hash = file.hash.finish();
    if u64::from_le_bytes(array(file)?) != hash {
        return Err(invalid("its header is damaged"));
    }
    // From a value, since a line and column in it would tell the user nothing.
    let pipeline = serde_json::from_slice(&pipeline)?;
    serde_json::from_value(pipeline).map_err(|error: serde_json::Error| {
        let help = "help: if it is a drop-in, name its directory with `--dropins`";
        io::Error::new(io::ErrorKind::Unsupported, format!("{error}\n{help}"))
    })
}

fn array<const N: usize>(source: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Counts and hashes what passes.
struct Hashing<S> {
    stream: S,
    hash: XxHash3_64,
    length: u64,
}

impl<S> Hashing<S> {
    fn of(stream: S) -> Self {
        Self {
            stream,
            hash: XxHash3_64::new(),
            length: 0,
        }
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.hash.write(bytes);
        self.length += bytes.len() as u64;
    }
}

impl<W: Write> Hashing<W> {
    fn write_hash(&mut self) -> io::Result<()> {
        let hash = self.hash.finish();
        self.write_all(&hash.to_le_bytes())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.stream.write(bytes)?;
        self.pass(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.pass(&buffer[..count]);
        Ok(count)
    }
}

/// The rest of a file, but for its trailer.
struct Body<'s> {
    file: Hashing<&'s mut dyn Read>,
    /// What was read. Its last bytes may be the trailer.
    buffer: Vec<u8>,
    start: usize,
}

impl<'s> Body<'s> {
    fn of(file: Hashing<&'s mut dyn Read>) -> Self {
        Self {
            file,
            buffer: Vec::new(),
            start: 0,
        }
    }

    /// What is certainly no trailer.
    fn ready(&mut self) -> io::Result<&[u8]> {
        if self.buffer.len() - self.start <= TRAILER {
            self.buffer.drain(..self.start);
            self.start = 0;
            let mut more = (&mut self.file.stream).take(64 * 1024);
            more.read_to_end(&mut self.buffer)?;
        }
        let end = self.buffer.len().saturating_sub(TRAILER);
        Ok(&self.buffer[self.start.min(end)..end])
    }

    /// Reads what the codecs have left, and compares the trailer with what was read and written.
    fn verify<W>(mut self, content: &Hashing<W>) -> io::Result<()> {
        io::copy(&mut self, &mut io::sink())?;
        let trailer = &self.buffer[self.start..];
        let (known, hash) = trailer
            .split_at_checked(TRAILER - 8)
            .ok_or_else(too_short)?;
        self.file.hash.write(known);
        if hash != self.file.hash.finish().to_le_bytes() {
            return Err(invalid("its checksum is that of other bytes"));
        }
        let (length, hash) = known.split_at(8);
        if length != content.length.to_le_bytes() || hash != content.hash.finish().to_le_bytes() {
            return Err(invalid("the codecs do not give back what they were given"));
        }
        Ok(())
    }
}

fn too_short() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early")
}

impl Read for Body<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.ready()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.file.hash.write(&buffer[..count]);
        self.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
