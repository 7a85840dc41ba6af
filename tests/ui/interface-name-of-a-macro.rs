use plugin_core::interface;

macro_rules! shape {
    () => {};
}
pub(crate) use shape as IShape;

#[interface]
pub trait IShape {}

IShape!();

fn main() {}
