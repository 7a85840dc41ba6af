use plugin_core::{interface, plugin, plugins};

#[interface]
pub trait ICodec {
    pub fn encode(&self);
}

pub struct Zip;

impl ICodec for Zip {
    fn encode(&self) {}
}

#[plugin(ICodec)]
static ZIP: Zip = Zip;

fn main() {
    assert_eq!(plugins::<dyn ICodec>().len(), 1);
}
