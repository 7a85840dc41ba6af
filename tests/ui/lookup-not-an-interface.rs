// 2 mistakes
use plugin_core::{interface, plugins};

#[interface]
pub trait IShape {}

pub trait IPlain: Send + Sync {}

pub struct Data {
    pub number: u32,
}

fn main() {
    assert!(plugins::<dyn IPlain>().is_empty());
    assert!(plugins::<Data>().is_empty());
}
