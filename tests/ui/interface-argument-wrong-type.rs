// 5 mistakes
use plugin_core::interface;

#[interface(lazy = "no")]
pub trait IShape {}

#[interface(slot = SHAPES)]
pub trait IColour {}

#[interface(one = true)]
pub trait IClock {}

#[interface(crate = "plugin")]
pub trait ISound {}

#[interface(noun = light)]
pub trait ILight {}

fn main() {}
