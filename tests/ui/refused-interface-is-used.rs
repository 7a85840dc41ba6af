// Who uses an interface that is refused has no errors of their own.
use plugin_core::{interface, plugin, plugins};

#[interface]
pub trait ICodec {
    type Unit;

    fn encode(&self);

    fn unit(&self) -> Self::Unit;
}

pub struct Zip;

impl ICodec for Zip {
    type Unit = u8;

    fn encode(&self) {}

    fn unit(&self) -> u8 {
        0
    }
}

#[plugin(ICodec)]
static ZIP: Zip = Zip;

fn main() {
    for codec in plugins::<dyn ICodec>() {
        codec.encode();
    }
    assert_eq!(ZIP.unit(), 0);
}
