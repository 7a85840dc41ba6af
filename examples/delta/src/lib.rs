//! Differences, which a codec behind them compresses better: for samples of sound, of a sensor, of an image. A drop-in:
//! `squeeze` finds it in a directory.
//!
//! ```sh
//! cargo build -p delta && mkdir -p codecs && cp target/debug/libdelta.so codecs/
//! squeeze --dropins codecs compress --codec delta:distance=2 --codec zstd sound.raw
//! ```

use std::io::{self, Read, Write};
use std::mem;
use std::num::NonZeroU8;

use icodec::{ICodec, Sink, dropin, plugin, sink};
use schemars::JsonSchema;
use serde::Deserialize;

dropin!();

/// Each byte less the one that is some bytes before it: 2 for numbers of 16 bits, 4 for stereo sound.
#[plugin(ICodec, name = "delta")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Delta {
    /// How many bytes before
    #[serde(default = "one")]
    distance: NonZeroU8,
}

fn one() -> NonZeroU8 {
    NonZeroU8::MIN
}

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
    fn of(stream: S, distance: NonZeroU8) -> Self {
        Self {
            stream,
            before: vec![0; usize::from(distance.get())],
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
    use icodec::{Configured, decode, encode};

    use super::*;

    fn delta(text: &str) -> Configured<dyn ICodec> {
        text.parse().unwrap()
    }

    #[test]
    fn a_line_becomes_one_number() {
        let encoded = encode(&*delta("delta"), &[10, 13, 16, 19]).unwrap();
        assert_eq!(encoded, [10, 3, 3, 3]);
    }

    #[test]
    fn differences_are_added_up_again() {
        let bytes: Vec<u8> = (0..=255).map(|byte: u8| byte.wrapping_mul(byte)).collect();
        for text in ["delta", "delta:distance=2", "delta:distance=100"] {
            let codec = delta(text);
            let encoded = encode(&*codec, &bytes).unwrap();
            assert_ne!(encoded, bytes, "{codec}");
            assert_eq!(decode(&*codec, &encoded).unwrap(), bytes, "{codec}");
        }
        let error = "delta:distance=0"
            .parse::<Configured<dyn ICodec>>()
            .err()
            .unwrap();
        assert!(
            error.to_string().contains("in `distance` of codec `delta`"),
            "{error}"
        );
    }
}
