//! Deflate in its three wrappers, by [`flate2`]: every machine can read it.

use std::io::{self, Read};

use flate2::{Compression, read, write};
use icodec::{ICodec, Level, Sink, plugin, sink};
use schemars::JsonSchema;
use serde::Deserialize;

/// Deflate with a header and a CRC-32, as the program gzip writes it.
#[plugin(ICodec, name = "gzip")]
#[tag(bench = "level=1 level=6 level=9")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gzip {
    /// From stored to smallest
    #[serde(default)]
    level: Level<0, 9, 6>,
}

impl ICodec for Gzip {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = write::GzEncoder::new(behind, Compression::new(self.level.get().into()));
        Ok(sink(encoder, write::GzEncoder::finish))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(read::MultiGzDecoder::new(source)))
    }

    fn extension(&self) -> &'static str {
        "gz"
    }

    fn magic(&self) -> &'static [u8] {
        &[0x1f, 0x8b]
    }
}

/// Deflate with two bytes of header and an Adler-32, as in PNG and PDF.
#[plugin(ICodec, name = "zlib")]
#[tag(bench = "")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zlib {
    /// From stored to smallest
    #[serde(default)]
    level: Level<0, 9, 6>,
}

impl ICodec for Zlib {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = write::ZlibEncoder::new(behind, Compression::new(self.level.get().into()));
        Ok(sink(encoder, write::ZlibEncoder::finish))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(read::ZlibDecoder::new(source)))
    }

    fn extension(&self) -> &'static str {
        "zz"
    }
}

/// Deflate alone, as in ZIP: nothing says where it begins, or whether it is damaged.
#[plugin(ICodec, name = "deflate")]
#[tag(bench = "")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deflate {
    /// From stored to smallest
    #[serde(default)]
    level: Level<0, 9, 6>,
}

impl ICodec for Deflate {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = write::DeflateEncoder::new(behind, Compression::new(self.level.get().into()));
        Ok(sink(encoder, write::DeflateEncoder::finish))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(read::DeflateDecoder::new(source)))
    }

    fn extension(&self) -> &'static str {
        "deflate"
    }
}
