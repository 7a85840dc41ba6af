// 6 mistakes
plugin_core::dropin!(name = "glass");
plugin_core::dropin!(metals);
plugin_core::dropin!(crate = "plugin_core");

fn main() {}
