#![forbid(unsafe_code)]

#[plugin_core::plugin(plugin_core::IPlugin, shape::IShape)]
static CIRCLE: u32 = 1;
