plugin_core::link_plugins!(textiles, metalurgy);

fn main() {}
