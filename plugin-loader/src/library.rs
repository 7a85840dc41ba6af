//! One file: its status, its description, the reasons not to use it, and how it is loaded.

mod bytes;
pub(crate) mod candidate;
mod capped;
mod copy;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod elf;
pub(crate) mod file;
pub(crate) mod fingerprint;
pub(crate) mod host;
mod interface;
pub(crate) mod load;
pub(crate) mod manifest;
mod record;
pub(crate) mod refusal;
pub(crate) mod section;
pub(crate) mod shown;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod siblings;
#[cfg(feature = "signed")]
pub(crate) mod signed;
