use std::any::Any;
use std::fmt::Debug;

use plugin_core::{Interface, interface, plugin};

#[interface]
pub trait IBase {}

#[interface]
pub trait IOther {}

#[interface]
pub trait IShape: IBase + Debug + Any + AsRef<str> + Send + 'static
where
    Self: IOther + Sync,
{
}

#[derive(Debug)]
struct Square;

impl AsRef<str> for Square {
    fn as_ref(&self) -> &str {
        "square"
    }
}

impl IBase for Square {}
impl IOther for Square {}
impl IShape for Square {}

#[plugin(IShape, IBase, IOther)]
static SQUARE: Square = Square;

fn main() {
    let bases: Vec<_> = <dyn IShape>::INFO.extends().iter().map(|base| base.name()).collect();
    assert_eq!(bases, ["IBase", "IOther"]);
}
