use plugin_core::{interface, plugin};

#[interface]
pub trait ICodec
where
    Self: Sized,
{
}

impl ICodec for u32 {}

#[plugin(ICodec)]
static ONE: u32 = 1;

fn main() {}
