plugin_core::link_plugins!(textiles, safe_plugin,);

fn main() {
    plugin_core::assert_linked(&["textiles", "safe-plugin"]);
    assert!(!plugin_core::why("metallurgy").is_here());
}
