plugin_core::dropin!();

fn main() {}
