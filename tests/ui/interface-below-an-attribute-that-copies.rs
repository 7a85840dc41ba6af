use plugin_core::interface;

#[counting::doubled]
#[interface]
pub trait ITool {
    fn use_it(&self);
}

fn main() {}
