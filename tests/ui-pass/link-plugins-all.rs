plugin_core::link_plugins!();

fn main() {
    let names = ["WOOL", "BRONZE", "OLD_BRONZE"];
    plugin_core::assert_linked(&names);
    plugin_core::assert_linked(&["textiles", "metallurgy", "safe-plugin"]);
}
