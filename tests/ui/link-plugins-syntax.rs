// 4 mistakes
mod string {
    plugin_core::link_plugins!("textiles");
}

mod path {
    plugin_core::link_plugins!(metallurgy::alloy);
}

mod hyphen {
    plugin_core::link_plugins!(safe-plugin);
}

mod setting {
    plugin_core::link_plugins!(krate = plugin_core);
}

fn main() {}
