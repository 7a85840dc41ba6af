//! A drop-in whose file says more than it has.

use imat::{IMaterial, INote, Material};
use plugin_core::__private::crossed;
use plugin_core::__private::dropin::{record, record_len};
use plugin_core::{Interface, plugin};

plugin_core::dropin!();

#[plugin(IMaterial)]
static STEEL: Material = Material(5);

const TEXT: &str = "gold\0forged\00.3.0\0src/lib.rs\01\0\0forged::GOLD\0";
const LEN: usize = record_len(TEXT, 0, &[<dyn INote>::INFO], &[], &[crossed::<dyn INote>()]);

#[used]
#[unsafe(link_section = ".dropin")]
static GOLD: [u8; LEN] = record(TEXT, 0, &[<dyn INote>::INFO], &[], &[crossed::<dyn INote>()]);
