//! Two codecs that are faster than most disks, by [`lz4_flex`] and [`snap`].

use std::io::{self, Read};

use icodec::{ICodec, Sink, plugin, sink};
use lz4_flex::frame::{BlockMode, BlockSize, FrameDecoder, FrameEncoder, FrameInfo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use snap::write::IntoInnerError;

/// LZ4: the fastest to decompress.
#[plugin(ICodec, name = "lz4")]
#[tag(bench = "block=64KiB block=4MiB")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lz4 {
    /// How much is compressed at once
    #[serde(default)]
    block: Block,
    /// Whether a block may refer to the one before it, which makes small blocks smaller
    #[serde(default)]
    linked: bool,
}

/// The sizes that the format has.
#[derive(Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[schemars(inline)]
enum Block {
    #[default]
    #[serde(rename = "64KiB")]
    Small,
    #[serde(rename = "256KiB")]
    Medium,
    #[serde(rename = "1MiB")]
    Large,
    #[serde(rename = "4MiB")]
    Huge,
}

impl From<Block> for BlockSize {
    fn from(block: Block) -> Self {
        match block {
            Block::Small => Self::Max64KB,
            Block::Medium => Self::Max256KB,
            Block::Large => Self::Max1MB,
            Block::Huge => Self::Max4MB,
        }
    }
}

impl ICodec for Lz4 {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let mode = if self.linked {
            BlockMode::Linked
        } else {
            BlockMode::Independent
        };
        let frame = FrameInfo::new()
            .block_size(self.block.into())
            .block_mode(mode)
            .content_checksum(true);
        let encoder = FrameEncoder::with_frame_info(frame, behind);
        Ok(sink(encoder, |encoder| Ok(encoder.finish()?)))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(FrameDecoder::new(source)))
    }

    fn extension(&self) -> &'static str {
        "lz4"
    }

    fn magic(&self) -> &'static [u8] {
        &[0x04, 0x22, 0x4d, 0x18]
    }
}

/// Snappy: without parameters, and a little of everything.
#[plugin(ICodec, name = "snappy")]
pub struct Snappy;

impl ICodec for Snappy {
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
        let encoder = snap::write::FrameEncoder::new(behind);
        Ok(sink(encoder, |encoder| {
            encoder.into_inner().map_err(IntoInnerError::into_error)
        }))
    }

    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
        Ok(Box::new(snap::read::FrameDecoder::new(source)))
    }

    fn extension(&self) -> &'static str {
        "sz"
    }

    fn magic(&self) -> &'static [u8] {
        b"\xff\x06\0\0sNaPpY"
    }
}
