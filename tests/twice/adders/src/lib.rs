//! A plugin.

#[plugin_core::plugin(engine::IStep, engine::ICommand)]
static ADD: u8 = 1;
