plugin_core::link_plugins!(textiles, metallurgy, textiles);

fn main() {}
