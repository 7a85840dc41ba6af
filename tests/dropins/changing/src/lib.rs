//! A drop-in whose file changes while it is loaded.

use std::fs::OpenOptions;
use std::io::Write as _;

use imat::{IMaterial, Material};
use plugin_core::plugin;

plugin_core::dropin!();

#[plugin(IMaterial)]
static STEEL: Material = Material(5);

#[used]
#[unsafe(link_section = ".init_array")]
static CHANGE: extern "C" fn() = {
    extern "C" fn change() {
        if let Some(path) = std::env::var_os("CHANGING") {
            let file = OpenOptions::new().append(true).open(path);
            file.unwrap().write_all(b"more").unwrap();
        }
    }
    change
};
