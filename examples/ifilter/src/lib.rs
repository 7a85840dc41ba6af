//! What a filter of grey images is. Who writes filters, or a program that uses them, depends on this
//! crate alone.

pub use plugin_core::{PluginRef, dropin, link_plugins, plugin, plugins, slot};

/// A grey image, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: usize,
    /// From black, 0, to white, 255.
    pub pixels: Vec<u8>,
}

/// Changes an image.
#[plugin_core::interface(noun = "filter")]
pub trait IFilter {
    /// Applies the filter.
    fn apply(&self, image: &mut Image);
}

/// A function of a pixel is a filter, too.
impl IFilter for fn(u8) -> u8 {
    fn apply(&self, image: &mut Image) {
        for pixel in &mut image.pixels {
            *pixel = self(*pixel);
        }
    }
}
