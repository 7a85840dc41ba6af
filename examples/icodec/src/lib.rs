//! What a codec is, for programs that compress and for crates that know how. An author of codecs depends on this crate,
//! and on serde and schemars for the parameters.
//!
//! ```
//! # mod demo {
//! use std::io::{self, Read, Write};
//!
//! use icodec::{ICodec, Sink, plugin, sink};
//! use schemars::JsonSchema;
//! use serde::Deserialize;
//!
//! /// Adds a number to each byte.
//! #[plugin(ICodec, name = "caesar")]
//! #[derive(Deserialize, JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! pub struct Caesar {
//!     /// The number
//!     #[serde(default = "three")]
//!     by: u8,
//! }
//!
//! fn three() -> u8 {
//!     3
//! }
//!
//! impl ICodec for Caesar {
//!     fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>> {
//!         let writer = Shifted { by: self.by, stream: behind };
//!         Ok(sink(writer, |writer| Ok(writer.stream)))
//!     }
//!
//!     fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>> {
//!         Ok(Box::new(Shifted { by: self.by.wrapping_neg(), stream: source }))
//!     }
//! }
//!
//! struct Shifted<S> {
//!     by: u8,
//!     stream: S,
//! }
//!
//! impl<S: Write> Write for Shifted<S> {
//!     fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
//!         let bytes: Vec<u8> = bytes.iter().map(|byte| byte.wrapping_add(self.by)).collect();
//!         self.stream.write(&bytes)
//!     }
//!
//!     fn flush(&mut self) -> io::Result<()> {
//!         self.stream.flush()
//!     }
//! }
//!
//! impl<S: Read> Read for Shifted<S> {
//!     fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
//!         let count = self.stream.read(buffer)?;
//!         for byte in &mut buffer[..count] {
//!             *byte = byte.wrapping_add(self.by);
//!         }
//!         Ok(count)
//!     }
//! }
//! # }
//! # use icodec::{Configured, ICodec};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let codec: Configured<dyn ICodec> = "caesar:by=1".parse()?;
//! assert_eq!(icodec::encode(&*codec, b"HAL")?, b"IBM");
//! assert_eq!(icodec::decode(&*codec, b"IBM")?, b"HAL");
//! # Ok(())
//! # }
//! ```

mod level;
mod sink;

use std::io::{self, Read, Write as _};

pub use plugin_core::{
    Configured, IPlugin, Interface, Maker, Plugin, PluginInfo, catalog, configurables, dropin,
    link_plugins, plugin, plugins, slot, why,
};

pub use self::level::Level;
pub use self::sink::{Last, Sink, sink};

/// Changes a stream of bytes so that it can be changed back, and makes it smaller as a rule.
///
/// An object holds parameters only. The state of one stream is in what [`encoder`](Self::encoder) and
/// [`decoder`](Self::decoder) make, so that a file need not fit into memory.
///
/// The tag `bench` of a plugin has the parameters that are worth a comparison: `#[tag(bench = "level=1 level=9")]`. It is
/// empty if the codec is another one in other wrapping.
#[plugin_core::interface(dropin, configured, noun = "codec")]
pub trait ICodec {
    /// A sink that encodes what is written, and writes it to the one behind.
    ///
    /// # Errors
    ///
    /// If the sink behind fails, or if there is no memory for the stream's state.
    fn encoder<'s>(&self, behind: Box<dyn Sink + 's>) -> io::Result<Box<dyn Sink + 's>>;

    /// A reader of what was encoded. It fails where the source is damaged, as far as the codec can tell, or ends too early.
    ///
    /// # Errors
    ///
    /// If the source fails, or does not begin as the encoder's output does.
    fn decoder<'s>(&self, source: Box<dyn Read + 's>) -> io::Result<Box<dyn Read + 's>>;

    /// What the names of encoded files end in, as in `gz`; empty if there is no custom.
    #[attribute]
    fn extension(&self) -> &'static str {
        ""
    }

    /// How encoded streams begin; empty if they begin in many ways.
    #[attribute]
    fn magic(&self) -> &'static [u8] {
        &[]
    }
}

/// Encodes bytes in memory.
///
/// # Errors
///
/// If the codec fails.
pub fn encode(codec: &dyn ICodec, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoded = Vec::new();
    let mut writer = codec.encoder(Box::new(Last(&mut encoded)))?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(encoded)
}

/// Decodes bytes in memory.
///
/// # Errors
///
/// If the bytes are not the codec's.
pub fn decode(codec: &dyn ICodec, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut decoded = Vec::new();
    codec.decoder(Box::new(bytes))?.read_to_end(&mut decoded)?;
    Ok(decoded)
}
