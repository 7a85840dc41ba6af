//! Parses the records in the section with the description.

use plugin_core::__private::dropin::MAGIC;
use plugin_core::__private::module_path;

use super::fingerprint::Fingerprint;
use super::manifest::{Manifest, Offer, Offered, Reached};
use super::refusal::Refusal;

/// The bytes of the section that are not yet read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// The position of these bytes in the section.
    offset: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    pub(super) fn corrupt(&self) -> Refusal {
        Refusal::ManifestCorrupt {
            offset: self.offset,
        }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.bytes.split_at_checked(len).ok_or(self.corrupt())?;
        self.bytes = rest;
        self.offset += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let corrupt = self.corrupt();
        self.take(N)?.try_into().map_err(|_| corrupt)
    }

    fn number(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    /// Reads a number that stands for a `bool`.
    pub(super) fn flag(&mut self) -> Result<bool, Refusal> {
        let corrupt = self.corrupt();
        match self.number()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(corrupt),
        }
    }

    fn len(&mut self) -> Result<usize, Refusal> {
        let corrupt = self.corrupt();
        self.number()?.try_into().map_err(|_| corrupt)
    }

    fn text(&mut self) -> Result<&'a str, Refusal> {
        let len = self.len()?;
        let corrupt = self.corrupt();
        std::str::from_utf8(self.take(len)?).map_err(|_| corrupt)
    }

    pub(super) fn string(&mut self) -> Result<String, Refusal> {
        self.text().map(str::to_owned)
    }

    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        let len = self.len()?;
        // The length may be forged, so no memory is reserved for it.
        let mut list = Vec::new();
        for _ in 0..len {
            list.push(item(self)?);
        }
        Ok(list)
    }

    /// The kind and the payload of the next record, after the linker's padding of zeros.
    pub(super) fn record(&mut self) -> Result<Option<(u32, Reader<'a>)>, Refusal> {
        let zeros = self.bytes.iter().take_while(|byte| **byte == 0).count();
        self.take(zeros)?;
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let corrupt = self.corrupt();
        let [magic @ .., format]: [u8; MAGIC.len()] = self.array()?;
        let [expected @ .., host] = MAGIC;
        if magic != expected {
            return Err(corrupt);
        }
        if format != host {
            return Err(Refusal::ManifestFormat {
                library: format,
                host,
            });
        }
        let kind = self.number()?;
        let len = self.len()?;
        let offset = self.offset;
        let bytes = self.take(len)?;
        Ok(Some((kind, Reader { bytes, offset })))
    }

    pub(super) fn at_end(&self) -> Result<(), Refusal> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(self.corrupt())
        }
    }

    pub(super) fn header(&mut self) -> Result<Manifest, Refusal> {
        Ok(Manifest {
            fingerprint: self.fingerprint()?,
            package: self.string()?,
            version: self.string()?,
            plugins: Vec::new(),
        })
    }

    pub(super) fn fingerprint(&mut self) -> Result<Fingerprint, Refusal> {
        Ok(Fingerprint {
            abi: self.number()?,
            release: self.string()?,
            commit: self.string()?,
            target: self.string()?,
            panic: self.string()?,
            flags: self.string()?,
        })
    }

    pub(super) fn plugin(&mut self) -> Result<Offer, Refusal> {
        let corrupt = self.corrupt();
        // In the order of `Text` in plugin-core.
        let texts: Vec<&str> = self.text()?.splitn(8, '\0').collect();
        let [name, package, version, file, line, module, id, docs] = texts[..] else {
            return Err(corrupt);
        };
        Ok(Offer {
            name: name.to_owned(),
            id: id.to_owned(),
            package: package.to_owned(),
            version: version.to_owned(),
            docs: docs.to_owned(),
            module_path: module_path(module, id).to_owned(),
            file: file.to_owned(),
            line: line.parse().map_err(|_| corrupt)?,
            priority: self.array().map(i32::from_le_bytes)?,
            tags: self.list(|reader| Ok((reader.string()?, reader.string()?)))?,
            interfaces: self.list(Self::interface)?,
        })
    }

    fn reached(&mut self) -> Result<Reached, Refusal> {
        Ok(Reached {
            name: self.string()?,
            origin: self.string()?,
            form: self.array().map(u128::from_le_bytes)?,
        })
    }

    pub(super) fn interface(&mut self) -> Result<Offered, Refusal> {
        Ok(Offered {
            path: self.string()?,
            version: self.string()?,
            token: self.array().map(u128::from_le_bytes)?,
            members: self.list(Self::string)?,
            reached: self.list(Self::reached)?,
        })
    }
}
