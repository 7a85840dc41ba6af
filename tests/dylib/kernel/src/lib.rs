#[plugin_core::interface]
pub trait ICommand {}

impl ICommand for u32 {}

#[plugin_core::plugin(ICommand)]
pub static LIST: u32 = 0;
