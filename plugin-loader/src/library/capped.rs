//! Limits how much of a file is read.

use std::cell::Cell;
use std::ops::Range;

use object::read::ReadRef;

/// A part of some data, with a limit on the number of bytes that are read.
///
/// Everything that is read stays in memory, and the headers of a malicious file could refer to the whole file again and again.
#[derive(Clone, Copy)]
pub(super) struct Capped<'c, R> {
    data: R,
    start: u64,
    len: u64,
    left: &'c Cell<u64>,
}

impl<'c, R> Capped<'c, R> {
    pub(super) fn new<'a>(data: R, left: &'c Cell<u64>) -> Result<Self, ()>
    where
        R: ReadRef<'a>,
    {
        let len = data.len()?;
        let start = 0;
        Ok(Self {
            data,
            start,
            len,
            left,
        })
    }

    /// A file within the file.
    pub(super) fn part(self, start: u64, len: u64) -> Option<Self> {
        let is_within = start.checked_add(len).is_some_and(|end| end <= self.len);
        is_within.then_some(Self {
            start: self.start + start,
            len,
            ..self
        })
    }

    fn take(&self, count: u64) -> Result<(), ()> {
        let left = self.left.get().checked_sub(count);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(())
    }
}

impl<'a, R: ReadRef<'a>> ReadRef<'a> for Capped<'_, R> {
    fn len(self) -> Result<u64, ()> {
        Ok(self.len)
    }

    fn read_bytes_at(self, offset: u64, size: u64) -> Result<&'a [u8], ()> {
        let part = self.part(offset, size).ok_or(())?;
        self.take(size)?;
        self.data.read_bytes_at(part.start, size)
    }

    fn read_bytes_at_until(self, range: Range<u64>, delimiter: u8) -> Result<&'a [u8], ()> {
        const LONGEST: u64 = 4 << 10;

        let len = range.end.checked_sub(range.start).ok_or(())?;
        let part = self.part(range.start, len.min(LONGEST)).ok_or(())?;
        let range = part.start..part.start + part.len;
        let read = self.data.read_bytes_at_until(range, delimiter);
        self.take(read.map_or(LONGEST, |bytes| bytes.len() as u64))?;
        read
    }
}
