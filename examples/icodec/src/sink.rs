//! Where encoded bytes go.

use std::io::{self, Write};

/// A writer that has an end. A row of sinks is finished from the front: each writes what it has kept, and then finishes the
/// one behind.
#[plugin_core::shape]
pub trait Sink: Write {
    /// Writes the end.
    ///
    /// # Errors
    ///
    /// If this sink, or one behind it, cannot be written to the end.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The sink of an encoder. `finish` writes the encoder's end, and gives the sink behind it, which is then finished too.
pub fn sink<'s, E: Write + 's>(
    encoder: E,
    finish: impl FnOnce(E) -> io::Result<Box<dyn Sink + 's>> + 's,
) -> Box<dyn Sink + 's> {
    Box::new(Encoder { encoder, finish })
}

struct Encoder<E, F> {
    encoder: E,
    finish: F,
}

impl<E: Write, F> Write for Encoder<E, F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.encoder.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.encoder.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.flush()
    }
}

impl<'s, E: Write, F: FnOnce(E) -> io::Result<Box<dyn Sink + 's>>> Sink for Encoder<E, F> {
    fn finish(self: Box<Self>) -> io::Result<()> {
        (self.finish)(self.encoder)?.finish()
    }
}

/// The last sink of a row: a file, or a vector.
pub struct Last<W>(pub W);

impl<W: Write> Write for Last<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Sink for Last<W> {
    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}
