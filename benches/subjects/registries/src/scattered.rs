//! Slices and maps of scattered-collect's, which is link-section in a typed dress.

use scattered_collect::gather;
use scattered_collect::map::ScatteredMap;
use scattered_collect::slice::ScatteredSlice;

use crate::Numbered;

/// One object.
#[gather]
pub static OF_1: ScatteredSlice<&'static dyn Numbered>;
/// Ten objects.
#[gather]
pub static OF_10: ScatteredSlice<&'static dyn Numbered>;
/// A hundred objects.
#[gather]
pub static OF_100: ScatteredSlice<&'static dyn Numbered>;
/// A thousand objects.
#[gather]
pub static OF_1000: ScatteredSlice<&'static dyn Numbered>;

/// The number of one object, by its name.
#[gather]
pub static MAP_1: ScatteredMap<&'static str, usize>;
/// The numbers of ten objects, by their names.
#[gather]
pub static MAP_10: ScatteredMap<&'static str, usize>;
/// The numbers of a hundred objects, by their names.
#[gather]
pub static MAP_100: ScatteredMap<&'static str, usize>;
/// The numbers of a thousand objects, by their names.
#[gather]
pub static MAP_1000: ScatteredMap<&'static str, usize>;
