#[plugin_core::interface]
pub trait IShape {
    fn sides(&self) -> u32;
}

impl IShape for u32 {
    fn sides(&self) -> u32 {
        *self
    }
}

#[plugin_core::plugin(plugin_core::IPlugin, IShape)]
pub static POINT: u32 = 0;
