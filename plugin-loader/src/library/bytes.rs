//! A buffered reader of a file with a position of its own, which turns many small reads into a few large ones.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::file::read_at;

/// Enough for the section headers of a library and their names, which are at its end.
const LEN: usize = 16 << 10;
const ALIGN: u64 = 4 << 10;

pub(crate) struct Blocks<'a> {
    file: &'a File,
    at: u64,
    /// The bytes that were read last, which begin at `start`.
    block: Vec<u8>,
    start: u64,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        Self {
            file,
            at: 0,
            block: Vec::new(),
            start: 0,
        }
    }

    /// The buffered bytes from the position on.
    fn rest(&self) -> &[u8] {
        let offset = self.at.checked_sub(self.start);
        let offset = offset.and_then(|offset| usize::try_from(offset).ok());
        offset
            .and_then(|offset| self.block.get(offset..))
            .unwrap_or_default()
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, wanted: &mut [u8]) -> io::Result<usize> {
        if self.rest().is_empty() {
            if wanted.len() >= LEN {
                let read = read_at(self.file, wanted, self.at)?;
                self.at += read as u64;
                return Ok(read);
            }
            self.start = self.at - self.at % ALIGN;
            self.block.resize(LEN, 0);
            let read = read_at(self.file, &mut self.block, self.start);
            self.block.truncate(*read.as_ref().unwrap_or(&0));
            read?;
        }
        let read = self.rest().read(wanted)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Blocks<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => moved(self.at, by)?,
            SeekFrom::End(by) => moved(self.file.metadata()?.len(), by)?,
        };
        Ok(self.at)
    }
}

fn moved(at: u64, by: i64) -> io::Result<u64> {
    let at = at.checked_add_signed(by);
    at.ok_or_else(|| io::ErrorKind::InvalidInput.into())
}
