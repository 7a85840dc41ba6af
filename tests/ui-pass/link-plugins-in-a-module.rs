mod host {
    pub(crate) mod nested {
        plugin_core::link_plugins!(textiles);
    }
}

fn main() {
    plugin_core::assert_linked(&["textiles"]);
}
