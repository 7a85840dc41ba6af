//! Some filters. The crate depends on `ifilter` and nothing else.

use ifilter::{IFilter, Image};

/// Swaps black and white.
#[ifilter::plugin(IFilter, name = "invert")]
pub fn invert(pixel: u8) -> u8 {
    255 - pixel
}

/// Leaves black and white alone.
#[ifilter::plugin(IFilter, name = "threshold")]
pub const fn threshold(pixel: u8) -> u8 {
    if pixel < 128 {
        0
    } else {
        255
    }
}

/// Mirrors each row.
pub struct Mirror;

impl IFilter for Mirror {
    fn apply(&self, image: &mut Image) {
        for row in image.pixels.chunks_mut(image.width) {
            row.reverse();
        }
    }
}

/// Swaps left and right.
#[ifilter::plugin(IFilter, name = "mirror")]
pub static MIRROR: Mirror = Mirror;
