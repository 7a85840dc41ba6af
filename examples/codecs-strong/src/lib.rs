//! Codecs that make files small: Zstandard by [`zstd`], Brotli by [`brotli`], and xz by [`lzma_rust2`].

use std::io::{self, Read, Write};

use brotli::enc::BrotliEncoderParams;
use icodec::{ICodec, Level, Sink, plugin, sink};
use lzma_rust2::{XzOptions, XzReader, XzWriter};
use schemars::JsonSchema;
use serde::Deserialize;

/// Zstandard: small and fast; the one to choose unless there is a reason.
#[plugin(ICodec, name = "zstd", priority = 10)]
#[tag(bench = "level=1 level=3 level=9 level=15 level=19")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zstd {
    /// From fastest to smallest
    #[serde(default)]
    level: Level<1, 22, 3>,
    /// How far back it looks, as a power of 2: 27 is 128 MiB. Without it, the level decides
    window: Option<Level<10, 27, 23>>,
}

impl ICodec for Zstd {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let mut encoder = zstd::Encoder::new(behind, self.level.get().into())?;
        encoder.include_checksum(true)?;
        if let Some(window) = self.window {
            encoder.long_distance_matching(true)?;
            encoder.window_log(window.get().into())?;
        }
        Ok(sink(encoder, zstd::Encoder::finish))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(zstd::Decoder::new(source)?))
    }

    fn extension(&self) -> &'static str {
        "zst"
    }

    fn magic(&self) -> &'static [u8] {
        &[0x28, 0xb5, 0x2f, 0xfd]
    }
}

/// Brotli: smallest for text, and every browser reads it.
#[plugin(ICodec, name = "brotli")]
#[tag(bench = "quality=1 quality=5 quality=9 quality=11")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brotli {
    /// From fastest to smallest
    #[serde(default)]
    quality: Level<0, 11, 6>,
    /// How far back it looks, as a power of 2: 22 is 4 MiB
    #[serde(default)]
    window: Level<10, 24, 22>,
}

impl ICodec for Brotli {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let parameters = BrotliEncoderParams {
            quality: self.quality.get().into(),
            lgwin: self.window.get().into(),
            ..Default::default()
        };
        let behind = Heard {
            sink: behind,
            error: None,
        };
        let encoder = brotli::CompressorWriter::with_params(behind, BUFFER, &parameters);
        Ok(sink(encoder, |encoder| {
            let Heard { sink, error } = encoder.into_inner();
            error.map_or(Ok(sink), Err)
        }))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(brotli::Decompressor::new(source, BUFFER)))
    }

    fn extension(&self) -> &'static str {
        "br"
    }
}

const BUFFER: usize = 64 * 1024;

/// Brotli's writer says nothing of an error that it meets at the end: this keeps it.
struct Heard<'s> {
    sink: Box<dyn Sink + 's>,
    error: Option<io::Error>,
}

impl Heard<'_> {
    fn hear<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let again = io::Error::new(error.kind(), error.to_string());
            self.error = Some(error);
            again
        })
    }
}

impl Write for Heard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.sink.write(bytes);
        self.hear(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.sink.flush();
        self.hear(result)
    }
}

/// The program xz's: slow, and smallest for most files.
#[plugin(ICodec, name = "xz")]
#[tag(bench = "preset=0 preset=3 preset=6")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Xz {
    /// From fastest to smallest
    #[serde(default)]
    preset: Level<0, 9, 6>,
}

/// KiB that a decoder may take: the strongest preset wants 64 MiB, and a damaged header may ask for 4 GiB.
const MEMORY: u32 = 256 * 1024;

impl ICodec for Xz {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = XzWriter::new(behind, XzOptions::with_preset(self.preset.get().into()))?;
        Ok(sink(encoder, XzWriter::finish))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(XzReader::new_mem_limit(source, true, MEMORY)))
    }

    fn extension(&self) -> &'static str {
        "xz"
    }

    fn magic(&self) -> &'static [u8] {
        b"\xfd7zXZ\0"
    }
}
