fn main() {
    plugin_core::link_plugins!(textiles);
    plugin_core::link_plugins!(textiles);
    plugin_core::assert_linked(&["textiles"]);
}
