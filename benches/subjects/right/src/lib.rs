//! The right half of the plugins, as `elements.rs` writes them.

include!(concat!(env!("OUT_DIR"), "/elements.rs"));
