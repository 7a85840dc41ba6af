//! A library that says that it is a drop-in, and has no entry.

use imat::{IMaterial, Material};
use plugin_core::__private::dropin::{header, header_len};
use plugin_core::plugin;

#[plugin(IMaterial)]
static STEEL: Material = Material(5);

#[used]
#[unsafe(link_section = ".dropin")]
static HEADER: [u8; header_len("closed", "0.3.0", "")] = header("closed", "0.3.0", "");
