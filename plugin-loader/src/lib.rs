//! Drop-in directories for [`plugin_core`]: plugins that are found while the program runs.

mod blocks;
mod difference;
mod fingerprint;
mod load;
mod manifest;
mod refusal;

pub use self::fingerprint::Fingerprint;
pub use self::load::Library;
pub use self::manifest::{Manifest, Offer, Offered};
pub use self::refusal::Refusal;
