use plugin_core::interface;

#[interface]
pub trait IShape<'a> {
    fn name(&self) -> &'a str;
}

fn main() {}
