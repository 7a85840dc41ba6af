use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
async fn edit() {}

fn main() {}
