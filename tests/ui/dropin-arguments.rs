// 9 mistakes
plugin_core::dropin!(name = "glass");
plugin_core::dropin!(metalurgy);
plugin_core::dropin!(textiles, textiles);
plugin_core::dropin!(crate = "plugin_core");

fn main() {}
