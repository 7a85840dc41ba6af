//! Drop-in directories for [`plugin_core`]: plugins that are found while the program runs.

mod blocks;
mod cache;
mod difference;
mod directory;
mod file;
mod fingerprint;
mod list;
mod load;
mod loaded;
mod manifest;
mod package;
mod parts;
mod poll;
mod refusal;
mod report;
mod search;

pub use self::directory::MARKER;
pub use self::fingerprint::Fingerprint;
pub use self::list::{Check, Listing, check, list, refresh};
pub use self::load::Library;
pub use self::manifest::{Manifest, Offer, Offered};
pub use self::package::{Package, Plugins};
pub use self::poll::Event;
pub use self::refusal::Refusal;
pub use self::report::{FindError, Unused};
