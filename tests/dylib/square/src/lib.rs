#[plugin_core::plugin(plugin_core::IPlugin, shape::IShape)]
static SQUARE: u32 = 4;
