//! Differences, which a codec behind them compresses better: for samples of sound, of a sensor, of an image. A drop-in:
//! `squeeze` finds it in a directory.
//!
//! ```sh
//! cargo build -p delta && mkdir -p codecs && cp target/debug/libdelta.so codecs/
//! squeeze --dropins codecs compress --codec delta-2 --codec zstd sound.raw
//! ```
//!
//! A codec of a library that programs link is a drop-in, too, where such a crate as this one has a static of its type:
//! `static SNAPPY: codecs_fast::Snappy = codecs_fast::Snappy`.

use std::io::{self, Read, Write};
use std::mem;

use icodec::{ICodec, Sink, dropin, plugin, sink};

dropin!();

/// Each byte less the one that is so many bytes before it.
struct Delta {
    distance: usize,
}

/// Each byte less the one before it.
#[plugin(ICodec, name = "delta-1")]
static BYTES: Delta = Delta { distance: 1 };

/// Each byte less the one two bytes before it: for numbers of 16 bits.
#[plugin(ICodec, name = "delta-2")]
static SHORTS: Delta = Delta { distance: 2 };

/// Each byte less the one four bytes before it: for numbers of 32 bits, or stereo sound.
#[plugin(ICodec, name = "delta-4")]
static WORDS: Delta = Delta { distance: 4 };

impl ICodec for Delta {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = Differences::of(behind, self.distance);
        Ok(sink(encoder, |encoder| Ok(encoder.stream)))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(Differences::of(source, self.distance)))
    }
}

struct Differences<S> {
    stream: S,
    /// The last bytes, in a ring.
    before: Vec<u8>,
    at: usize,
}

impl<S> Differences<S> {
    fn of(stream: S, distance: usize) -> Self {
        Self {
            stream,
            before: vec![0; distance],
            at: 0,
        }
    }

    /// Puts a byte into the ring, for the one that it follows.
    fn replace(&mut self, byte: u8) -> u8 {
        let before = mem::replace(&mut self.before[self.at], byte);
        self.at = (self.at + 1) % self.before.len();
        before
    }
}

impl<S: Write> Write for Differences<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let differences: Vec<u8> = bytes
            .iter()
            .map(|&byte| byte.wrapping_sub(self.replace(byte)))
            .collect();
        self.stream.write_all(&differences)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<S: Read> Read for Differences<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        for byte in &mut buffer[..count] {
            let sum = byte.wrapping_add(self.before[self.at]);
            self.replace(sum);
            *byte = sum;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use icodec::{decode, encode, slot};

    use super::*;

    #[test]
    fn a_line_becomes_one_number() {
        let encoded = encode(&BYTES, &[10, 13, 16, 19]).unwrap();
        assert_eq!(encoded, [10, 3, 3, 3]);
    }

    #[test]
    fn differences_are_added_up_again() {
        let bytes: Vec<u8> = (0..=255).map(|byte: u8| byte.wrapping_mul(byte)).collect();
        for codec in slot::<dyn ICodec>().sorted() {
            let encoded = encode(codec.object, &bytes).unwrap();
            assert_ne!(encoded, bytes, "{codec:?}");
            assert_eq!(decode(codec.object, &encoded).unwrap(), bytes, "{codec:?}");
        }
    }
}
