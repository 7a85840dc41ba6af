mod first {
    plugin_core::link_plugins!(textiles);
}

mod second {
    plugin_core::link_plugins!(metallurgy, textiles);
}

fn main() {
    plugin_core::assert_linked(&["textiles", "metallurgy"]);
}
