//! A drop-in that allocates before it is asked for its plugins.

use imat::{IMaterial, Material};
use plugin_core::plugin;

plugin_core::dropin!();

#[plugin(IMaterial)]
static STEEL: Material = Material(5);

#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = {
    extern "C" fn early() {
        // One that is freed in time does no harm.
        drop(Box::new([1_u8; 100]));
        std::mem::forget(String::from("one"));
        std::mem::forget(vec![2; 2]);
    }
    early
};
