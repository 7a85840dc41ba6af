// 3 mistakes
// Who uses an interface that is still being typed has no errors of their own.
use plugin_core::{interface, plugin, plugins};

#[interface]
pub trait ICodec {
    fn encode(&self);

    pub fn dec
}

pub struct Zip;

impl ICodec for Zip {
    fn encode(&self) {}
}

#[plugin(ICodec)]
static ZIP: Zip = Zip;

fn main() {
    for codec in plugins::<dyn ICodec>() {
        codec.encode();
    }
}
