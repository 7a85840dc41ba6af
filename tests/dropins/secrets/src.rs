//! Plugins of which no drop-in can offer any.

use imat::{INote, Material};
use plugin_core::{interface, plugin};

#[interface]
pub trait ISecret {}

impl ISecret for Material {}

#[plugin(ISecret)]
static ONE: Material = Material(1);

#[cfg(feature = "noted")]
#[plugin(INote, ISecret)]
static TWO: Material = Material(2);

#[cfg(not(feature = "noted"))]
#[plugin(ISecret, INote)]
static TWO: Material = Material(2);
